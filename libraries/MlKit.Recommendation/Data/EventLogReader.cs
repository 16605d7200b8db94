using System.Globalization;
using System.Text.Json;

namespace MlKit.Recommendation.Data;

/// <summary>
/// Adds feedback events to a data set: logs in any depth below a folder, <c>*.jsonl</c> as the recommendation API writes
/// them (one object per line with <c>eventId, userId, itemId, value, timestamp</c>), and <c>*.parquet</c> as an event log
/// of the feature store holds them (columns <c>event_id, user_id, item_id, value, event_timestamp</c>). Events with one id
/// count once. A last line without its end (the writer was killed) is left out and counted.
/// </summary>
public static class EventLogReader
{
    private const string CutOff = "log lines cut off";

    private static readonly string[] TableColumns = ["event_id", "user_id", "item_id", "value", "event_timestamp"];

    /// <summary>The data with the events of the log; the same data where the log is empty or absent.</summary>
    /// <exception cref="DataFormatException">A line is no event and reading is strict.</exception>
    public static DataSet Append(DataSet data, string folder, DataReadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => IsText(file) || IsTable(file)).Order(StringComparer.Ordinal)]
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
        foreach (var table in files.Where(IsTable))
        {
            AddTable(builder, table, options, known, cancellationToken);
        }

        foreach (var file in files.Where(IsText))
        {
            var reader = LineReader.Open(file, System.Text.Encoding.UTF8, options, cancellationToken);
            foreach (var line in reader.Lines())
            {
                builder.TryAdd(() => Add(builder, reader.Fields, line, known));
            }
        }

        return builder.Build().DetailsFrom(data);
    }

    private static bool IsText(string file) => file.EndsWith(".jsonl", StringComparison.Ordinal);

    private static bool IsTable(string file) => file.EndsWith(".parquet", StringComparison.Ordinal);

    private static void AddTable(DataSetBuilder builder, string file, DataReadOptions options, HashSet<string> known, CancellationToken cancellationToken)
    {
        var parser = new FieldParser(file, options.Time.GetUtcNow());
        foreach (var row in ParquetTable.Rows(file, TableColumns, cancellationToken))
        {
            parser.Row++;
            builder.TryAdd(() =>
            {
                if (row[0] is not { Length: > 0 } id || known.Add(id))
                {
                    builder.Add(
                        parser.Id(row[1] ?? "", "user"), parser.Id(row[2] ?? "", "item"), parser.Time(row[4] ?? ""),
                        row[3] is { Length: > 0 } value ? parser.Value(value) : 1);
                }
            });
        }
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
