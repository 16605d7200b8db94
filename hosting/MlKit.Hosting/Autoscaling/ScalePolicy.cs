namespace MlKit.Hosting;

/// <summary>How fast the number of pods may change in one direction.</summary>
/// <param name="Pods">At most this many pods in a period; null for no such bound.</param>
/// <param name="Percent">At most this share of the pods in a period, in percent; null for no such bound.</param>
/// <param name="PeriodSeconds">The period, 1 to 1800 seconds.</param>
/// <param name="WindowSeconds">How long a wish must hold before it is followed, 0 to 3600 seconds.</param>
/// <example><code>api.WithAutoscaling(2, 10, scaleDown: new ScalePolicy(Pods: 1, PeriodSeconds: 300, WindowSeconds: 600))</code></example>
public sealed record ScalePolicy(int? Pods = null, int? Percent = null, int PeriodSeconds = 60, int WindowSeconds = 0)
{
    /// <summary>Twice as many every 15 seconds, at once.</summary>
    public static ScalePolicy Fast { get; } = new(Percent: 100, PeriodSeconds: 15);

    /// <summary>One pod less every two minutes, after five minutes with less to do.</summary>
    public static ScalePolicy Slow { get; } = new(Pods: 1, PeriodSeconds: 120, WindowSeconds: 300);

    internal bool IsAllowed => (Pods ?? Percent) is not null && Pods is null or >= 1 and <= 1000 && Percent is null or >= 1 and <= 1000
        && PeriodSeconds is >= 1 and <= 1800 && WindowSeconds is >= 0 and <= 3600;
}
