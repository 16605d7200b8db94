using System.Globalization;
using System.Text.Json;

namespace MlKit.Recommendation.Data;

/// <summary>
/// Adds feedback events to a data set: the log that the recommendation API writes, <c>*.jsonl</c> in any depth below a
/// folder, one object per line with <c>eventId, userId, itemId, value, timestamp</c>. Events with one id count once. A last
/// line without its end (the writer was killed) is left out and counted.
/// </summary>
public static class EventLogReader
{
    private const string CutOff = "log lines cut off";

    /// <summary>The data with the events of the log; the same data where the log is empty or absent.</summary>
    /// <exception cref="DataFormatException">A line is no event and reading is strict.</exception>
    public static DataSet Append(DataSet data, string folder, DataReadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
        if (files.Length == 0)
        {
            return data;
        }

        var builder = new DataSetBuilder(data.Name) { HasClock = data.HasClock, Lenient = options.Lenient };
        foreach (var one in data.Interactions)
        {
            builder.Add(data.UserIds[one.User], data.ItemIds[one.Item], one.Timestamp, one.Value);
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var reader = LineReader.Open(file, System.Text.Encoding.UTF8, options, cancellationToken);
            foreach (var line in reader.Lines())
            {
                builder.TryAdd(() => Add(builder, reader.Fields, line, known));
            }
        }

        return builder.Build().DetailsFrom(data);
    }

    private static void Add(DataSetBuilder builder, FieldParser parser, string line, HashSet<string> known)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line);
        }
        catch (JsonException) when (!line.EndsWith('}'))
        {
            builder.Drop(CutOff);
            return;
        }
        catch (JsonException error)
        {
            throw parser.Fault($"the line is no JSON: {error.Message}", RowFault.Fields);
        }

        using (json)
        {
            var id = Text(json.RootElement, "eventId");
            if (id.Length == 0 || known.Add(id))
            {
                var value = Text(json.RootElement, "value");
                builder.Add(
                    parser.Id(Text(json.RootElement, "userId"), "user"), parser.Id(Text(json.RootElement, "itemId"), "item"),
                    parser.Time(Text(json.RootElement, "timestamp")), value.Length == 0 ? 1 : parser.Value(value));
            }
        }
    }

    private static string Text(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
        {
            return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            _ => "",
        };
    }
}
