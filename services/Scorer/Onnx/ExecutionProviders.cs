using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace MlKit.Scorer.Onnx;

/// <summary>The provider that runs models, and what to tell the user about the choice.</summary>
/// <param name="Provider">cpu, cuda or tensorrt.</param>
/// <param name="Warning">Why the provider is not the one that was asked for first; null: it is.</param>
internal sealed record ProviderChoice(string Provider, string? Warning);

/// <summary>
/// Chooses where models run. The GPU providers are in the package only with <c>-p:OnnxRuntime=Gpu</c>, and work only
/// where driver and libraries are there: both are found out at start, and a fall-back is said aloud.
/// </summary>
internal static class ExecutionProviders
{
    public const string Auto = "auto";
    public const string Cpu = "cpu";
    public const string Cuda = "cuda";
    public const string TensorRt = "tensorrt";

    private static readonly Dictionary<string, string> OnnxNames = new(StringComparer.Ordinal)
    {
        [TensorRt] = "TensorrtExecutionProvider",
        [Cuda] = "CUDAExecutionProvider",
        [Cpu] = "CPUExecutionProvider",
    };

    /// <summary>The words that a setting may hold.</summary>
    public static IReadOnlyList<string> Allowed { get; } = [Auto, Cpu, Cuda, TensorRt];

    /// <summary>The first provider of the list that this build has and that starts.</summary>
    /// <param name="wanted">In the order of preference; <c>auto</c>: CUDA where it works, else the CPU, without a warning.</param>
    /// <param name="available">What the library was built with.</param>
    /// <param name="start">Tries a provider: null where it starts, else the reason.</param>
    public static ProviderChoice Choose(IReadOnlyList<string> wanted, IReadOnlyCollection<string> available, Func<string, string?> start)
    {
        var quiet = wanted is [Auto];
        var reasons = new List<string>();
        foreach (var provider in quiet ? [Cuda, Cpu] : wanted.Append(Cpu))
        {
            if (provider == Cpu)
            {
                break;
            }

            if (!available.Contains(OnnxNames[provider]))
            {
                if (!quiet)
                {
                    reasons.Add($"{provider} is not in this build of ONNX Runtime, which has only {string.Join(", ", available)}; build with -p:OnnxRuntime=Gpu to get it");
                }
            }
            else if (start(provider) is { } reason)
            {
                reasons.Add($"{provider} did not start: {reason}");
            }
            else
            {
                return new ProviderChoice(provider, reasons.Count == 0 ? null : $"{string.Join("; ", reasons)}; models run on {provider}");
            }
        }

        return new ProviderChoice(Cpu, reasons.Count == 0 ? null : $"{string.Join("; ", reasons)}; models run on the CPU");
    }

    /// <summary>Chooses by what this build has and what starts on this machine.</summary>
    /// <exception cref="InvalidOperationException">A GPU is required and none works; the message has the reason.</exception>
    public static ProviderChoice Detect(IReadOnlyList<string> wanted, bool requireGpu, int deviceId)
    {
        var choice = Choose(wanted, OrtEnv.Instance().GetAvailableProviders(), provider => Try(provider, deviceId));
        return requireGpu ? Require(choice, wanted) : choice;
    }

    /// <exception cref="InvalidOperationException">The choice is the CPU; the message has the reason.</exception>
    public static ProviderChoice Require(ProviderChoice choice, IReadOnlyList<string> wanted) => choice.Provider != Cpu
        ? choice
        : throw new InvalidOperationException(
            $"MLKIT__SCORER__REQUIREGPU is true, but no GPU can be used (MLKIT__SCORER__PROVIDER is '{string.Join(",", wanted)}'): "
            + (choice.Warning ?? $"this build of ONNX Runtime has no GPU provider or no driver was found; build with -p:OnnxRuntime=Gpu and install the CUDA libraries"));

    /// <summary>Session options for a model.</summary>
    /// <exception cref="InvalidOperationException">The provider, which started before, does not any more.</exception>
    public static SessionOptions CreateOptions(OnnxPlacement placement)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = placement.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // Loading some models prints hundreds of warnings about initialisers; errors come as exceptions anyway.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (placement.Choice.Provider != Cpu && TryAppend(options, placement) is { } reason)
        {
            options.Dispose();
            throw new InvalidOperationException($"{placement.Choice.Provider} stopped working: {reason}");
        }

        return options;
    }

    private static string? Try(string provider, int deviceId)
    {
        using var options = new SessionOptions();
        return TryAppend(options, new OnnxPlacement(new ProviderChoice(provider, null), deviceId, 1, 0, false, TimeSpan.Zero));
    }

    /// <summary>Null where the provider was added, else the reason. Depending on the build, a missing one shows as either exception.</summary>
    internal static string? TryAppend(SessionOptions options, OnnxPlacement placement)
    {
        try
        {
            if (placement.Choice.Provider == TensorRt)
            {
                using var tensorRt = new OrtTensorRTProviderOptions();
                tensorRt.UpdateOptions(new Dictionary<string, string> { ["device_id"] = $"{placement.DeviceId}" });
                options.AppendExecutionProvider_Tensorrt(tensorRt);
            }

            // What TensorRT cannot run, CUDA does.
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(CudaSettings(placement));
            options.AppendExecutionProvider_CUDA(cuda);
            return null;
        }
        catch (Exception error) when (error is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return error.Message;
        }
    }

    internal static Dictionary<string, string> CudaSettings(OnnxPlacement placement)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = $"{placement.DeviceId}",
            // Doubling the arena would take memory from other models that nobody asked for.
            ["arena_extend_strategy"] = "kSameAsRequested",
        };
        if (placement.GpuMemoryLimit > 0)
        {
            settings["gpu_mem_limit"] = $"{placement.GpuMemoryLimit}";
        }

        return settings;
    }
}
