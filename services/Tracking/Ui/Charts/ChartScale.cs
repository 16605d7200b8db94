namespace MlKit.Tracking.Ui.Charts;

/// <summary>Maps values to places along an axis.</summary>
public sealed class ChartScale
{
    private readonly double _first;
    private readonly double _last;

    /// <summary>A scale that holds the given values, widened to round ticks where <paramref name="round"/>.</summary>
    public ChartScale(IEnumerable<double> values, bool isLog, bool round)
    {
        IsLog = isLog;
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var value in values)
        {
            if (Holds(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        (low, high) = low > high ? (isLog ? 1 : 0, isLog ? 10 : 1) : (low, high);
        Ticks = isLog ? LogTicks(ref low, ref high) : LinearTicks(ref low, ref high, round);
        (Low, High) = (low, high);
        (_first, _last) = (Map(low), Map(high));
    }

    /// <summary>Whether it runs by powers of ten; values that are not positive have no place then.</summary>
    public bool IsLog { get; }

    /// <summary>The value at its beginning.</summary>
    public double Low { get; }

    /// <summary>The value at its end.</summary>
    public double High { get; }

    /// <summary>Values to mark.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Whether a value has a place.</summary>
    public bool Holds(double value) => double.IsFinite(value) && Math.Abs(value) < double.MaxValue && (!IsLog || value > 0);

    /// <summary>The place, 0 at the beginning and 1 at the end.</summary>
    public double Place(double value) => (Map(value) - _first) / (_last - _first);

    private double Map(double value) => IsLog ? Math.Log10(value) : value;

    private static List<double> LinearTicks(ref double low, ref double high, bool round)
    {
        if (high <= low)
        {
            var room = Math.Max(Math.Abs(low) * 0.1, 1e-9);
            (low, high) = (low - room, high + room);
        }

        var step = NiceStep(high - low);
        if (round)
        {
            (low, high) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        }

        var ticks = new List<double>();
        for (var tick = Math.Ceiling(low / step) * step; tick <= high + (step * 1e-6); tick += step)
        {
            ticks.Add(Math.Abs(tick) < step * 1e-6 ? 0 : tick);
        }

        return ticks;
    }

    private static List<double> LogTicks(ref double low, ref double high)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        last = Math.Max(last, first + 1);
        (low, high) = (Math.Pow(10, first), Math.Pow(10, last));
        var every = Math.Max(1, (last - first + 4) / 5);
        return [.. Enumerable.Range(0, ((last - first) / every) + 1).Select(i => Math.Pow(10, first + (i * every)))];
    }

    // A step of 1, 2 or 5 times a power of ten that makes about four intervals.
    private static double NiceStep(double range)
    {
        var rough = range / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
