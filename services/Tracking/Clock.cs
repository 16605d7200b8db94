namespace MlKit.Tracking;

/// <summary>
/// The time of what is made or changed, in Unix milliseconds. No two calls get the same time: an order by time is the
/// order of events, even when several fall into one millisecond.
/// </summary>
internal sealed class Clock(TimeProvider time)
{
    private long _last;

    public long NowMs()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var now = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), last + 1);
            if (Interlocked.CompareExchange(ref _last, now, last) == last)
            {
                return now;
            }
        }
    }
}
