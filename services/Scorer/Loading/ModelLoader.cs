using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Guard;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;
using MlKit.Scorer.Scheduling;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Loading;

/// <summary>Turns model files into a loaded, warm version, through every check of the guard.</summary>
internal sealed class ModelLoader(ScorerOptions options, ProviderChoice provider, ComputeShare share, TimeProvider time) : IDisposable
{
    private readonly LoadingThread _thread = new();
    private readonly ModelGuard _guard = new(options.MaxModelBytes);
    private readonly ModelProbe _probe = new(options);
    private readonly ConcurrentDictionary<string, bool> _proven = new(StringComparer.Ordinal);

    /// <exception cref="InferenceException">The model cannot be served; the message says why.</exception>
    public async Task<LoadedModel> LoadAsync(ModelSource source, CancellationToken cancellationToken)
    {
        try
        {
            if (source is { IsMlNet: true, IsTrusted: false })
            {
                throw Unavailable("an ML.NET model is read by deserialisation, which can run code: it is loaded only from a registry version whose gate verifies "
                    + "(MLKIT__SCORER__REQUIREGATE) or from a repository folder that is trusted (MLKIT__SCORER__TRUSTREPOSITORY)");
            }

            var files = _guard.Check(source.Folder, source.File);
            var digest = await DigestAsync(source.File, cancellationToken);
            CheckMemory();
            var placement = Place(source.Settings.Config);
            var identity = await ProbeAsync(source, placement, files, cancellationToken);
            var model = await _thread.RunAsync(() => Load(source, placement, digest, files.Sum(file => new FileInfo(file).Length)), cancellationToken);
            _proven[identity] = true;
            return model;
        }
        catch (Exception error) when (error is not (InferenceException or OperationCanceledException))
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, error.Message, error);
        }
    }

    public void Dispose() => _thread.Dispose();

    /// <summary>SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static async Task<string> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private LoadedModel Load(ModelSource source, OnnxPlacement placement, string digest, long bytes)
    {
        var before = Environment.WorkingSet;
        var (backend, complete) = ModelAssembly.Assemble(source, placement, options.BatchSize);
        var rules = SchedulingRules.From(complete.Config, options.MaxConcurrency);
        var admission = new Admission(new AdmissionRules(
            options.QueueSize,
            Math.Min(options.QueueSize, Math.Max(options.QueueFloor, 4 * rules.MaxBatch)),
            (long)(options.QueueTarget.TotalSeconds * Stopwatch.Frequency) + rules.Delay,
            options.QueueWaits));
        var scheduler = new ModelScheduler(backend, rules, share, admission, new ModelCounters(time), time);
        return new LoadedModel(backend, source.Version, digest, Math.Max(bytes, Environment.WorkingSet - before), complete, scheduler) { Labels = source.Settings.Labels };
    }

    /// <summary>A model is probed once: the same files with the same configuration are known to load.</summary>
    /// <returns>What tells the model from others.</returns>
    private async Task<string> ProbeAsync(ModelSource source, OnnxPlacement placement, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var request = ProbeRequest.Of(source, placement, options.BatchSize);
        var identity = $"{source.Name} {Convert.ToHexStringLower(SHA256.HashData(request.Config))}";
        foreach (var file in files)
        {
            identity += await DigestAsync(file, cancellationToken);
        }

        if (source.IsProbed && !_proven.ContainsKey(identity))
        {
            await _probe.TryAsync(request, cancellationToken);
        }

        return identity;
    }

    private OnnxPlacement Place(ModelConfig config)
    {
        var group = config.InstanceGroup.FirstOrDefault();
        var choice = group?.Kind == ModelInstanceGroup.Types.Kind.Cpu ? new ProviderChoice(ExecutionProviders.Cpu, null) : provider;
        if (group?.Kind == ModelInstanceGroup.Types.Kind.Gpu && choice.Provider == ExecutionProviders.Cpu)
        {
            throw Unavailable($"instance_group asks for KIND_GPU, and models run on the CPU here{(provider.Warning is { } warning ? $": {warning}" : "")}");
        }

        return new OnnxPlacement(
            choice, group?.Gpus.Count > 0 ? group.Gpus[0] : options.DeviceId, options.IntraOpThreads, options.GpuMemoryBytes, options.ShrinkArena, options.RunLimit);
    }

    private void CheckMemory()
    {
        if (options.MemoryBudget > 0 && Environment.WorkingSet > options.MemoryBudget)
        {
            throw Unavailable($"the process has {Environment.WorkingSet} bytes of memory already, MLKIT__SCORER__MEMORYBUDGET allows {options.MemoryBudget}");
        }
    }

    private static InferenceException Unavailable(string message) => new(InferenceErrorKind.Unavailable, message);
}
