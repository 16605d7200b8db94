namespace MlKit.Dashboard.Telemetry;

/// <summary>
/// Tells observers that something changed, not what. Observers read the state themselves, at their own pace, so a
/// flood of telemetry costs a counter increment per batch and no queue.
/// </summary>
public sealed class ChangeSignal
{
    private long _version;

    /// <summary>Raised on the thread that made the change; handlers must return at once.</summary>
    public event Action? Changed;

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Reports a change.</summary>
    public void Raise()
    {
        Interlocked.Increment(ref _version);
        Changed?.Invoke();
    }
}
