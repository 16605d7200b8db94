using System.Diagnostics;

namespace MlKit.Scorer.Models;

/// <summary>Keeps one loaded version alive while a request uses it, and says in the request's span which one that is.</summary>
internal readonly struct ModelLease : IDisposable
{
    public ModelLease(LoadedModel model)
    {
        Model = model;
        Activity.Current?.SetTag("mlkit.model.name", model.Name).SetTag("mlkit.model.version", model.Version);
    }

    public LoadedModel Model { get; }

    public void Dispose() => Model.Release();
}
