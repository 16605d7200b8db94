namespace MlKit.Dashboard.Telemetry;

/// <summary>Turns the points of series into lines: rates for counters, values for gauges, percentiles for histograms.</summary>
internal static class ChartBuilder
{
    private const int MaxLines = 8;
    private const double NanosPerSecond = 1e9;
    private static readonly (string Label, double Share)[] Percentiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)];

    /// <summary>The chart of an instrument; of a histogram its percentiles, or how many values per second were recorded.</summary>
    public static Chart Build(InstrumentKind kind, IReadOnlyList<MetricSeries> series, long fromNanos, long toNanos, int steps, bool asCount = false)
    {
        var step = Math.Max(1, (toNanos - fromNanos) / steps);
        if (kind == InstrumentKind.Histogram && asCount)
        {
            kind = InstrumentKind.Counter;
            series = [.. series.Select(one => one with { Points = [.. one.Points.Select(point => point with { Value = point.Count })] })];
        }

        if (kind == InstrumentKind.Histogram)
        {
            return new Chart(fromNanos, toNanos, HistogramLines(series, fromNanos, step, steps), 0);
        }

        var shared = SharedKeys(series);
        var lines = series
            .Select(one => new ChartLine(Label(one, shared), kind == InstrumentKind.Counter ? Rates(one, fromNanos, step, steps) : Values(one, fromNanos, step, steps)))
            .Where(line => line.Last is not null)
            .OrderByDescending(line => line.Values.Max(value => Math.Abs(value ?? 0)))
            .ToList();
        return new Chart(fromNanos, toNanos, [.. lines.Take(MaxLines)], Math.Max(0, lines.Count - MaxLines));
    }

    /// <summary>The value below which a share of a histogram's values lies, interpolated within its bucket; null when empty.</summary>
    public static double? Percentile(double[] bounds, ReadOnlySpan<double> counts, double share)
    {
        var total = 0.0;
        foreach (var count in counts)
        {
            total += count;
        }

        if (total <= 0 || bounds.Length == 0)
        {
            return null;
        }

        var wanted = share * total;
        var seen = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0 && seen + counts[i] >= wanted)
            {
                // The outer buckets have no second bound: their only bound is the best answer.
                var upper = i < bounds.Length ? bounds[i] : bounds[^1];
                var lower = i > 0 ? bounds[i - 1] : Math.Min(0, upper);
                return i == bounds.Length ? upper : lower + ((upper - lower) * (wanted - seen) / counts[i]);
            }

            seen += counts[i];
        }

        return bounds[^1];
    }

    private static double?[] Values(MetricSeries series, long from, long step, int steps)
    {
        var values = new double?[steps];
        foreach (var point in series.Points)
        {
            var first = Step(point.StartNanos, from, step);
            var last = Math.Min(steps - 1, Step(point.EndNanos, from, step));
            for (var i = Math.Max(0, first); i <= last; i++)
            {
                values[i] = point.Value;
            }
        }

        return FillGaps(values);
    }

    // What a total grew by between two points is spread evenly over the time between them.
    private static double?[] Rates(MetricSeries series, long from, long step, int steps)
    {
        var values = new double?[steps];
        foreach (var (start, end, earlier, later) in Intervals(series.Points))
        {
            var growth = later.Value >= earlier.Value ? later.Value - earlier.Value : later.Value;
            Spread(values, start, end, growth * NanosPerSecond / Math.Max(1, end - start), from, step);
        }

        return values;
    }

    private static IEnumerable<(long Start, long End, MetricPoint Earlier, MetricPoint Later)> Intervals(IReadOnlyList<MetricPoint> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0)
            {
                yield return (points[i - 1].EndNanos, points[i].StartNanos, points[i - 1], points[i]);
            }

            if (points[i].EndNanos > points[i].StartNanos)
            {
                yield return (points[i].StartNanos, points[i].EndNanos, points[i], points[i]);
            }
        }
    }

    private static void Spread(double?[] values, long start, long end, double rate, long from, long step)
    {
        var last = Math.Min(values.Length - 1, Step(end, from, step));
        for (var i = Math.Max(0, Step(start, from, step)); i <= last; i++)
        {
            values[i] = rate;
        }
    }

    private static List<ChartLine> HistogramLines(IReadOnlyList<MetricSeries> series, long from, long step, int steps)
    {
        var bounds = series.SelectMany(one => one.Points).Select(point => point.Buckets?.Bounds).OfType<double[]>().LastOrDefault();
        if (bounds is null)
        {
            return [];
        }

        var counts = new double[steps, bounds.Length + 1];
        foreach (var one in series)
        {
            foreach (var (_, end, earlier, later) in Intervals(one.Points))
            {
                AddGrowth(counts, Step(end, from, step), earlier.Buckets, later.Buckets, bounds);
            }
        }

        var values = Percentiles.Select(_ => new double?[steps]).ToArray();
        var row = new double[bounds.Length + 1];
        for (var i = 0; i < steps; i++)
        {
            for (var b = 0; b < row.Length; b++)
            {
                row[b] = counts[i, b];
            }

            for (var p = 0; p < Percentiles.Length; p++)
            {
                values[p][i] = Percentile(bounds, row, Percentiles[p].Share);
            }
        }

        return [.. Percentiles.Select((percentile, index) => new ChartLine(percentile.Label, FillGaps(values[index])))];
    }

    private static void AddGrowth(double[,] counts, int step, HistogramBuckets? earlier, HistogramBuckets? later, double[] bounds)
    {
        if (step < 0 || step >= counts.GetLength(0) || later is null || ReferenceEquals(earlier, later) || !later.Bounds.AsSpan().SequenceEqual(bounds))
        {
            return;
        }

        // A count that shrinks means that the process began anew.
        var isReset = earlier is null || earlier.Counts.Length != later.Counts.Length || later.Counts.Zip(earlier.Counts).Any(pair => pair.First < pair.Second);
        for (var b = 0; b < later.Counts.Length; b++)
        {
            counts[step, b] += later.Counts[b] - (isReset ? 0 : earlier!.Counts[b]);
        }
    }

    // Points come every few seconds, steps may be shorter: short gaps are bridged, long ones stay open.
    private static double?[] FillGaps(double?[] values)
    {
        var longest = Math.Max(2, values.Length / 6);
        var last = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null)
            {
                continue;
            }

            if (last >= 0 && i - last > 1 && i - last <= longest)
            {
                for (var gap = last + 1; gap < i; gap++)
                {
                    values[gap] = values[last] + ((values[i] - values[last]) * (gap - last) / (i - last));
                }
            }

            last = i;
        }

        return values;
    }

    private static int Step(long nanos, long from, long step)
    {
        var index = (nanos - from) / step;
        return nanos < from ? -1 : index > int.MaxValue ? int.MaxValue : (int)index;
    }

    // Attributes that all series share with one value do not help to tell them apart.
    private static HashSet<string> SharedKeys(IReadOnlyList<MetricSeries> series) =>
        series.Count < 2 ? [] :
        [
            .. series.SelectMany(one => one.Attributes).GroupBy(pair => pair.Key)
                .Where(group => group.Count() == series.Count && group.Select(pair => pair.Value).Distinct().Count() == 1)
                .Select(group => group.Key),
        ];

    private static string Label(MetricSeries series, HashSet<string> shared)
    {
        var parts = series.Attributes.Where(pair => !shared.Contains(pair.Key) && pair.Key != "service.instance.id").ToList();
        return parts.Count > 0 ? string.Join(", ", parts.Select(pair => $"{pair.Key}={pair.Value}"))
            : series.Attributes.FirstOrDefault(pair => pair.Key == "service.instance.id") is { Key: not null } instance ? instance.Value
            : "value";
    }
}
