using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Scheduling;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Models;

/// <summary>
/// One loaded version of a model. Requests hold a lease; the session is freed when the catalog has let go of it and the
/// last lease is returned.
/// </summary>
internal sealed class LoadedModel
{
    private readonly IModelBackend _backend;
    private int _references = 1;

    public LoadedModel(IModelBackend backend, string version, string digest, long bytes, Configuration.CompleteConfig complete, ModelScheduler scheduler)
    {
        _backend = backend;
        Version = version;
        Digest = digest;
        Bytes = bytes;
        Config = complete.Config;
        Signature = complete.Signature;
        Scheduler = scheduler;
    }

    public string Name => Config.Name;

    public string Version { get; }

    /// <summary>SHA-256 of the model file.</summary>
    public string Digest { get; }

    /// <summary>Memory that loading took, in bytes; at least the size of the file.</summary>
    public long Bytes { get; }

    public ModelConfig Config { get; }

    public ModelSignature Signature { get; }

    /// <summary>Texts of the classes of an output, by output.</summary>
    public IReadOnlyDictionary<string, string[]> Labels { get; init; } = new Dictionary<string, string[]>();

    public ModelScheduler Scheduler { get; }

    public ModelCounters Counters => Scheduler.Counters;

    /// <summary>Takes a lease; false where the session is already gone, so that the caller looks into the catalog again.</summary>
    public bool TryAcquire()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _references);
            if (seen == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _references, seen + 1, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Returns a lease, or the catalog's own hold.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Scheduler.Dispose();
            _backend.Dispose();
            NativeHeap.Trim();
        }
    }

    public ModelMetadata ToMetadata(IReadOnlyList<string> versions) => new(
        Name,
        versions,
        Config.Platform,
        [.. Signature.Inputs.Select(spec => spec.ToMetadata())],
        [.. Signature.Outputs.Select(spec => spec.ToMetadata())],
        new Dictionary<string, string>(_backend.Parameters, StringComparer.Ordinal) { ["mlkit.scorer.version"] = Version });
}
