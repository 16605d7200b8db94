using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace MlKit.Scorer.Onnx;

/// <summary>The provider that runs models, and what to tell the user about the choice.</summary>
/// <param name="Provider">cpu or cuda.</param>
/// <param name="Warning">Why the provider is not the one that was asked for; null: it is.</param>
internal sealed record ProviderChoice(string Provider, string? Warning);

/// <summary>
/// Chooses where models run. The CUDA provider is in the package only with <c>-p:OnnxRuntime=Gpu</c>, and works only
/// where driver and libraries are there: both are found out at start, and the fall-back is said aloud.
/// </summary>
internal static class ExecutionProviders
{
    public const string Cpu = "cpu";
    public const string Cuda = "cuda";
    private const string CudaName = "CUDAExecutionProvider";

    /// <summary>Chooses by what was asked for (auto, cpu, cuda) and what the library was built with.</summary>
    public static ProviderChoice Choose(string requested, IReadOnlyCollection<string> available)
    {
        if (requested == Cpu)
        {
            return new ProviderChoice(Cpu, null);
        }

        if (available.Contains(CudaName))
        {
            return new ProviderChoice(Cuda, null);
        }

        return new ProviderChoice(Cpu, requested == Cuda ? NotBuiltIn(available) : null);
    }

    /// <summary>Chooses and tries; a CUDA provider that does not start gives the CPU with the reason.</summary>
    public static ProviderChoice Detect(string requested)
    {
        var choice = Choose(requested, OrtEnv.Instance().GetAvailableProviders());
        if (choice.Provider != Cuda)
        {
            return choice;
        }

        using var options = new SessionOptions();
        return TryAppendCuda(options) is { } reason
            ? new ProviderChoice(Cpu, $"CUDA did not start, models run on the CPU: {reason}")
            : choice;
    }

    /// <summary>Session options for a model on the chosen provider.</summary>
    public static SessionOptions CreateOptions(ProviderChoice choice, int intraOpThreads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = intraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // Loading some models prints hundreds of warnings about initialisers; errors come as exceptions anyway.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (choice.Provider == Cuda && TryAppendCuda(options) is { } reason)
        {
            options.Dispose();
            throw new InvalidOperationException($"CUDA stopped working: {reason}");
        }

        return options;
    }

    private static string NotBuiltIn(IReadOnlyCollection<string> available) =>
        $"MLKIT__SCORER__PROVIDER is 'cuda', but this build of ONNX Runtime has only {string.Join(", ", available)}; "
        + "models run on the CPU. Build with -p:OnnxRuntime=Gpu to get CUDA.";

    /// <summary>Depending on the build, a missing CUDA shows as either exception.</summary>
    private static string? TryAppendCuda(SessionOptions options)
    {
        try
        {
            options.AppendExecutionProvider_CUDA(0);
            return null;
        }
        catch (Exception error) when (error is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return error.Message;
        }
    }
}
