namespace MlKit.Scorer.Models;

/// <summary>Keeps one loaded version alive while a request uses it.</summary>
internal readonly struct ModelLease(LoadedModel model) : IDisposable
{
    public LoadedModel Model { get; } = model;

    public void Dispose() => Model.Release();
}
