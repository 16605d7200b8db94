using MlKit.Scorer.Models;

namespace MlKit.Scorer.Inference;

/// <summary>A request that was let in, and the version that answers it.</summary>
internal readonly struct ModelTicket(LoadedModel model) : IDisposable
{
    public LoadedModel Model { get; } = model;

    public void Dispose()
    {
        Model.Scheduler.Admission.Leave();
        Model.Release();
    }
}
