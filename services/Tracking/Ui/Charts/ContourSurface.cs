using System.Text;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>Heights over a plane, estimated from points that lie anywhere in it, and the shades that show them.</summary>
internal sealed class ContourSurface
{
    /// <summary>How many shades there are.</summary>
    public const int Levels = 10;

    private const int Columns = 52;
    private const int Rows = 30;
    private readonly List<(double X, double Y, double Z)> _points;

    private ContourSurface(List<(double X, double Y, double Z)> points)
    {
        X = new ChartScale(points.Select(point => point.X), isLog: false, round: true);
        Y = new ChartScale(points.Select(point => point.Y), isLog: false, round: true);
        (Low, High) = (points.Min(point => point.Z), points.Max(point => point.Z));
        _points = [.. points.Select(point => (X.Place(point.X), Y.Place(point.Y), point.Z))];
        Bands = Draw();
    }

    /// <summary>From left to right.</summary>
    public ChartScale X { get; }

    /// <summary>From the bottom to the top.</summary>
    public ChartScale Y { get; }

    /// <summary>The least height of a point.</summary>
    public double Low { get; }

    /// <summary>The greatest.</summary>
    public double High { get; }

    /// <summary>What is painted in each shade, 0 for the lowest.</summary>
    public IReadOnlyList<(int Level, string Path)> Bands { get; }

    /// <summary>The surface over the points that have all three numbers; null where these are fewer than three.</summary>
    public static ContourSurface? Of(IReadOnlyList<(double? X, double? Y, double? Z)> points)
    {
        var whole = points.Where(point => point is { X: not null, Y: not null, Z: not null })
            .Select(point => (point.X!.Value, point.Y!.Value, point.Z!.Value)).ToList();
        return whole.Count < 3 ? null : new ContourSurface(whole);
    }

    /// <summary>The height at a place of the plane, both from 0 to 1: the mean of the points, near ones counting most.</summary>
    public double At(double x, double y)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var point in _points)
        {
            var distance = ((point.X - x) * (point.X - x)) + ((point.Y - y) * (point.Y - y));
            if (distance < 1e-9)
            {
                return point.Z;
            }

            // The inverse of the distance, squared once more so that far points lose their say.
            var weight = 1 / (distance * distance);
            sum += weight * point.Z;
            weights += weight;
        }

        return sum / weights;
    }

    /// <summary>Neighbouring cells of a shade become one bar, so that the drawing stays small.</summary>
    private List<(int Level, string Path)> Draw()
    {
        var paths = Enumerable.Range(0, Levels).Select(_ => new StringBuilder()).ToArray();
        var (width, height) = ((double)(ChartModel.Width - ChartModel.Left - ChartModel.Right) / Columns, (double)(ChartModel.Height - ChartModel.Top - ChartModel.Bottom) / Rows);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns;)
            {
                var (level, start) = (LevelAt(column, row), column);
                while (column < Columns && LevelAt(column, row) == level)
                {
                    column++;
                }

                paths[level].Append('M').Append(Display.Css(ChartModel.Left + (start * width))).Append(' ')
                    .Append(Display.Css(ChartModel.Top + (row * height))).Append('h').Append(Display.Css((column - start) * width))
                    .Append('v').Append(Display.Css(height)).Append('H').Append(Display.Css(ChartModel.Left + (start * width))).Append('z');
            }
        }

        return [.. paths.Select((path, level) => (level, path.ToString())).Where(band => band.Item2.Length > 0)];
    }

    private int LevelAt(int column, int row) => High <= Low
        ? 0
        : Math.Clamp((int)(Levels * (At((column + 0.5) / Columns, 1 - ((row + 0.5) / Rows)) - Low) / (High - Low)), 0, Levels - 1);
}
