namespace MlKit.Tracking.Runs;

internal static class RunStatuses
{
    public static RunStatus? ByName(string name) => name switch
    {
        "RUNNING" => RunStatus.Running,
        "SCHEDULED" => RunStatus.Scheduled,
        "FINISHED" => RunStatus.Finished,
        "FAILED" => RunStatus.Failed,
        "KILLED" => RunStatus.Killed,
        _ => null,
    };

    public static RunStatus? ByNumber(long number) => number is >= 1 and <= 5 ? (RunStatus)number : null;
}
