using System.Globalization;
using System.Security;
using System.Text;

namespace MlKit.TrainingWorker.Reports;

/// <summary>Small charts as SVG: what a run page shows without any plotting library.</summary>
internal static class SvgChart
{
    private const int Width = 640, Left = 170, Right = 20, Top = 40, RowHeight = 22, PlotHeight = 260;

    /// <summary>A line through points.</summary>
    public static string Line(string title, string x, string y, IReadOnlyList<(double X, double Y)> points)
    {
        var svg = Begin(title, Top + PlotHeight + 50);
        if (points.Count > 0)
        {
            double minX = points.Min(p => p.X), maxX = points.Max(p => p.X), minY = points.Min(p => p.Y), maxY = points.Max(p => p.Y);
            double X(double value) => 70 + ((value - minX) / Math.Max(1e-12, maxX - minX) * (Width - 70 - Right));
            double Y(double value) => Top + PlotHeight - ((value - minY) / Math.Max(1e-12, maxY - minY) * PlotHeight);
            var path = string.Join(' ', points.Select(p => Text($"{X(p.X):0.0},{Y(p.Y):0.0}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"#1f6feb\" stroke-width=\"2\" points=\"{path}\"/>");
            Label(svg, 8, Y(maxY) + 4, Text($"{maxY:0.0000}"));
            Label(svg, 8, Y(minY) + 4, Text($"{minY:0.0000}"));
            Label(svg, 70, Top + PlotHeight + 20, Text($"{minX:0}"));
            Label(svg, Width - 60, Top + PlotHeight + 20, Text($"{maxX:0}"));
        }

        Label(svg, Width / 2, Top + PlotHeight + 40, x);
        Label(svg, 8, Top - 6, y);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>One horizontal bar per name, with whiskers where bounds are given.</summary>
    public static string Bars(string title, IReadOnlyList<(string Name, double Value, double Lower, double Upper)> bars)
    {
        var svg = Begin(title, Top + (RowHeight * bars.Count) + 20);
        var most = Math.Max(1e-12, bars.Count == 0 ? 1 : bars.Max(bar => Math.Max(bar.Value, bar.Upper)));
        double X(double value) => Left + (value / most * (Width - Left - Right - 60));
        for (var row = 0; row < bars.Count; row++)
        {
            var (name, value, lower, upper) = bars[row];
            var y = Top + (row * RowHeight);
            Label(svg, 8, y + 14, name);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y + 2}\" width=\"{X(value) - Left:0.0}\" height=\"{RowHeight - 6}\" fill=\"#1f6feb\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(lower):0.0}\" x2=\"{X(upper):0.0}\" y1=\"{y + 10}\" y2=\"{y + 10}\" stroke=\"#444\"/>");
            Label(svg, X(Math.Max(value, upper)) + 6, y + 14, Text($"{value:0.0000}"));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static StringBuilder Begin(string title, int height)
    {
        var svg = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\"><rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        Label(svg, 8, 18, title);
        return svg;
    }

    private static void Label(StringBuilder svg, double x, double y, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\">{SecurityElement.Escape(text)}</text>");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
