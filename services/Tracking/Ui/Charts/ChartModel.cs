using System.Text;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>A chart worked out: scales and paths in a box of fixed size.</summary>
public sealed class ChartModel
{
    public const int Width = 520;
    public const int Height = 280;
    public const int Left = 62;
    public const int Right = 12;
    public const int Top = 10;
    public const int Bottom = 26;

    private readonly ChartOptions _options;

    public ChartModel(IReadOnlyList<ChartSeries> series, ChartOptions options)
    {
        _options = options;
        X = new ChartScale(series.SelectMany(Along), options.LogX && options.Axis != ChartAxis.Time, round: false);
        Y = new ChartScale(Values(series), options.LogY, round: true);
        Lines = [.. series.Select(line => new ChartLine(
            line, Path(line, Smoothed(line.Points)), options.Smoothing > 0 ? Path(line, Raw(line.Points)) : null, line.Band is null ? null : BandPath(line, line.Band)))];
    }

    /// <summary>What runs along.</summary>
    public ChartScale X { get; }

    /// <summary>The values.</summary>
    public ChartScale Y { get; }

    /// <summary>What is drawn.</summary>
    public IReadOnlyList<ChartLine> Lines { get; }

    /// <summary>The place of a value from left to right.</summary>
    public double Across(double x) => Left + ((Width - Left - Right) * X.Place(x));

    /// <summary>The place of a value from top to bottom.</summary>
    public double Down(double y) => Top + ((Height - Top - Bottom) * (1 - Y.Place(y)));

    /// <summary>How a value along the chart is written.</summary>
    public string XText(double x, TimeProvider time) => _options.Axis switch
    {
        ChartAxis.Time => Clock((long)x, time),
        ChartAxis.Relative => Display.Duration((long)x),
        _ => Display.Number(x),
    };

    /// <summary>
    /// A moving average that forgets exponentially, freed of its start's bias, as is usual for training curves.
    /// </summary>
    public static IReadOnlyList<double> Smooth(IReadOnlyList<double> values, double weight)
    {
        var smooth = new double[values.Count];
        var (sum, norm) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            if (double.IsFinite(values[i]))
            {
                sum = (sum * weight) + ((1 - weight) * values[i]);
                norm = (norm * weight) + (1 - weight);
            }

            smooth[i] = double.IsFinite(values[i]) ? sum / norm : double.NaN;
        }

        return smooth;
    }

    /// <summary>The values that the chart must hold: all, or all but the twentieth part at either end.</summary>
    private IEnumerable<double> Values(IReadOnlyList<ChartSeries> series)
    {
        var values = series.SelectMany(line => line.Points.Select(point => point.Value)
            .Concat(line.Band?.SelectMany(band => new[] { band.Low, band.High }) ?? []));
        if (!_options.IsTrimmed)
        {
            return values;
        }

        var sorted = values.Where(double.IsFinite).Order().ToList();
        var outside = sorted.Count / 20;
        return sorted.Skip(outside).Take(sorted.Count - (2 * outside));
    }

    private string Clock(long milliseconds, TimeProvider time)
    {
        var text = Display.Moment(milliseconds, time);
        return text.Length == 0 ? "" : X.High - X.Low < 86_400_000 ? text[11..] : text[..10];
    }

    private IReadOnlyList<double> Smoothed(IReadOnlyList<ChartPoint> points) =>
        _options.Smoothing > 0 ? Smooth(Raw(points), _options.Smoothing) : Raw(points);

    private static List<double> Raw(IReadOnlyList<ChartPoint> points) => [.. points.Select(point => point.Value)];

    private IEnumerable<double> Along(ChartSeries line)
    {
        var start = line.Points.Count == 0 ? 0 : line.Points.Min(point => point.Timestamp);
        return line.Points.Select(point => Along(point, start));
    }

    private double Along(ChartPoint point, long start) => _options.Axis switch
    {
        ChartAxis.Time => point.Timestamp,
        ChartAxis.Relative => point.Timestamp - start,
        _ => point.Step,
    };

    /// <summary>Along the least values and back along the most.</summary>
    private string BandPath(ChartSeries line, IReadOnlyList<(double Low, double High)> band)
    {
        var start = line.Points.Count == 0 ? 0 : line.Points.Min(point => point.Timestamp);
        var edge = Enumerable.Range(0, band.Count).Select(i => (X: Along(line.Points[i], start), band[i].Low, band[i].High))
            .Where(point => X.Holds(point.X) && Y.Holds(point.Low) && Y.Holds(point.High)).ToList();
        var around = edge.Select(point => (point.X, Y: point.Low)).Concat(edge.Select(point => (point.X, Y: point.High)).Reverse());
        var path = string.Join('L', around.Select(point => $"{Display.Css(Across(point.X))} {Display.Css(Down(point.Y))}"));
        return path.Length == 0 ? "" : $"M{path}Z";
    }

    private string Path(ChartSeries line, IReadOnlyList<double> values)
    {
        var start = line.Points.Count == 0 ? 0 : line.Points.Min(point => point.Timestamp);
        var path = new StringBuilder();
        var isDown = false;
        for (var i = 0; i < values.Count; i++)
        {
            var x = Along(line.Points[i], start);
            if (!Y.Holds(values[i]) || !X.Holds(x))
            {
                isDown = false;
                continue;
            }

            path.Append(isDown ? 'L' : 'M').Append(Display.Css(Across(x))).Append(' ').Append(Display.Css(Down(values[i])));

            // A lone value has no line; a line of no length with round ends is a dot.
            path.Append(isDown ? "" : "h0.01");
            isDown = true;
        }

        return path.ToString();
    }
}

/// <summary>A line with its path; beside it the path of the unsmoothed values where it is smoothed.</summary>
/// <param name="Series">Whose line.</param>
/// <param name="Path">Its path.</param>
/// <param name="RawPath">The path of the values themselves, or null.</param>
/// <param name="BandPath">The area between the least and the most, or null.</param>
public sealed record ChartLine(ChartSeries Series, string Path, string? RawPath, string? BandPath);
