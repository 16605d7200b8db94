namespace MlKit.Dashboard.Telemetry;

/// <summary>
/// Gives memory back to the machine when a flood of telemetry is over: what the flood left behind would otherwise stay
/// with this process until something else needs it.
/// </summary>
internal sealed class MemoryTrimmer(TimeProvider time) : BackgroundService
{
    private const long WorthIt = 64 * 1024 * 1024;
    private const long Quiet = 2 * 1024 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        var (trimmed, last) = (0L, 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var allocated = GC.GetTotalAllocatedBytes();
                if (allocated - trimmed > WorthIt && allocated - last < Quiet)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    trimmed = allocated;
                }

                last = allocated;
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard ends.
        }
    }
}
