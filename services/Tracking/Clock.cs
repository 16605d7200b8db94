namespace MlKit.Tracking;

internal static class Clock
{
    /// <summary>Unix milliseconds, the unit of every time in MLflow's protocol.</summary>
    public static long NowMs(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
