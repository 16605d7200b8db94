using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlKit.Tracking.Ui.Artifacts;

/// <summary>The shapes of a GeoJSON file (RFC 7946) as a drawing, degrees east from left to right and degrees north upwards.</summary>
public sealed class GeoDrawing
{
    /// <summary>The longer side of the drawing.</summary>
    public const double Size = 600;

    private const int MostShapes = 5000;
    private readonly List<(string Kind, string Label, List<List<(double X, double Y)>> Lines)> _shapes = [];
    private (double Left, double Bottom, double Right, double Top) _edge = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

    private GeoDrawing()
    {
    }

    /// <summary>West, south, east and north end, in degrees.</summary>
    public (double West, double South, double East, double North) Edge => (_edge.Left, _edge.Bottom, _edge.Right, _edge.Top);

    /// <summary>How wide the drawing is.</summary>
    public double Width => Size * Math.Min(1, Across / Up);

    /// <summary>How high it is.</summary>
    public double Height => Size * Math.Min(1, Up / Across);

    /// <summary>Every shape: <c>point</c>, <c>line</c> or <c>area</c>, what it is, and its path.</summary>
    public IEnumerable<(string Kind, string Label, string Path)> Shapes => _shapes.Select(shape => (shape.Kind, shape.Label, Path(shape.Kind, shape.Lines)));

    private double Across => Math.Max(_edge.Right - _edge.Left, 1e-6);

    private double Up => Math.Max(_edge.Top - _edge.Bottom, 1e-6);

    /// <summary>Reads a file; null where it holds no shapes.</summary>
    public static GeoDrawing? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
            var drawing = new GeoDrawing();
            drawing.Add(document.RootElement, "");
            return drawing._shapes.Count == 0 ? null : drawing;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add(JsonElement item, string label)
    {
        if (item.ValueKind != JsonValueKind.Object || _shapes.Count >= MostShapes)
        {
            return;
        }

        var type = item.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        switch (type)
        {
            case "FeatureCollection":
                AddAll(item, "features", label);
                break;
            case "GeometryCollection":
                AddAll(item, "geometries", label);
                break;
            case "Feature" when item.TryGetProperty("geometry", out var geometry):
                Add(geometry, item.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? Label(properties) : label);
                break;
            default:
                if (type is not null && item.TryGetProperty("coordinates", out var coordinates))
                {
                    AddShape(type, coordinates, label);
                }

                break;
        }
    }

    private void AddAll(JsonElement item, string member, string label)
    {
        if (item.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var inner in list.EnumerateArray())
            {
                Add(inner, label);
            }
        }
    }

    private void AddShape(string type, JsonElement coordinates, string label)
    {
        var (kind, depth) = type switch
        {
            "Point" => ("point", 0),
            "MultiPoint" => ("point", 1),
            "LineString" => ("line", 1),
            "MultiLineString" => ("line", 2),
            "Polygon" => ("area", 2),
            "MultiPolygon" => ("area", 3),
            _ => ("", -1),
        };
        var lines = new List<List<(double X, double Y)>>();
        Lines(coordinates, depth, kind, lines);
        if (lines.Sum(line => line.Count) > 0)
        {
            _shapes.Add((kind, label, lines));
        }
    }

    private void Lines(JsonElement coordinates, int depth, string kind, List<List<(double X, double Y)>> lines)
    {
        if (depth < 0 || coordinates.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        if (depth == 0)
        {
            lines.Add([.. Position(coordinates)]);
        }
        else if (depth == 1 && kind != "point")
        {
            lines.Add([.. coordinates.EnumerateArray().SelectMany(Position)]);
        }
        else
        {
            foreach (var part in coordinates.EnumerateArray())
            {
                Lines(part, depth - 1, kind, lines);
            }
        }
    }

    /// <summary>One position, or none where it is not two numbers.</summary>
    private IEnumerable<(double X, double Y)> Position(JsonElement position)
    {
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2
            || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number)
        {
            yield break;
        }

        var (x, y) = (position[0].GetDouble(), position[1].GetDouble());
        if (double.IsFinite(x) && double.IsFinite(y))
        {
            _edge = (Math.Min(_edge.Left, x), Math.Min(_edge.Bottom, y), Math.Max(_edge.Right, x), Math.Max(_edge.Top, y));
            yield return (x, y);
        }
    }

    private string Path(string kind, List<List<(double X, double Y)>> lines)
    {
        var path = new StringBuilder();
        foreach (var line in lines.Where(line => line.Count > 0))
        {
            path.Append('M').AppendJoin('L', line.Select(point =>
                $"{Display.Css(Width * (point.X - _edge.Left) / Across)} {Display.Css(Height * (1 - ((point.Y - _edge.Bottom) / Up)))}"));

            // A line of no length with round ends is a dot.
            path.Append(kind switch { "area" => "Z", "point" => "h0.01", _ => "" });
        }

        return path.ToString();
    }

    private static string Label(JsonElement properties) => string.Join(", ", properties.EnumerateObject().Take(5)
        .Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Name}: {property.Value}")));
}
