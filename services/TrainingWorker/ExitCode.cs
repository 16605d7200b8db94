namespace MlKit.TrainingWorker;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int GateRefused = 3;
}
