using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>
/// A CSV (or TSV) with a header. Where a <c>movies.csv</c> of MovieLens "latest" lies beside it, titles and genres
/// are taken from there.
/// </summary>
internal static class CsvReader
{
    public static DataSet Read(string file, CsvColumns columns, CancellationToken cancellationToken)
    {
        var reader = new LineReader(file, Encoding.UTF8, cancellationToken);
        using var lines = reader.Lines().GetEnumerator();
        if (!lines.MoveNext())
        {
            throw new DataFormatException(file, "is empty; a header line with columns for user and item is needed");
        }

        var separator = lines.Current.Contains('\t') ? '\t' : ',';
        var layout = Layout.Of(reader, [.. CsvLine.Split(lines.Current, separator).Select(name => name.Trim())], columns);
        var builder = new DataSetBuilder(file) { HasClock = layout.Timestamp >= 0 };
        while (lines.MoveNext())
        {
            AddLine(builder, reader, layout, CsvLine.Split(lines.Current, separator));
        }

        var data = builder.Build();
        ReadMovies(data, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "movies.csv"), cancellationToken);
        return data;
    }

    private static void AddLine(DataSetBuilder builder, LineReader reader, Layout layout, List<string> fields)
    {
        if (fields.Count != layout.Count)
        {
            throw reader.Fault($"{fields.Count} fields instead of {layout.Count} as in the header");
        }

        builder.Add(
            reader.Id(fields[layout.User], "user"),
            reader.Id(fields[layout.Item], "item"),
            layout.Timestamp < 0 ? 0 : reader.Time(fields[layout.Timestamp]),
            layout.Value < 0 ? 1 : reader.Value(fields[layout.Value]));
    }

    private static void ReadMovies(DataSet data, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var items = DetailIndex.Of(data.ItemIds);
        var reader = new LineReader(file, Encoding.UTF8, cancellationToken);
        foreach (var line in reader.Lines().Skip(1))
        {
            var fields = CsvLine.Split(line, ',');
            if (fields.Count != 3)
            {
                throw reader.Fault($"{fields.Count} fields instead of 3 (movieId,title,genres)");
            }

            if (items.TryGetValue(fields[0], out var item))
            {
                data.Items[item] = DetailIndex.Film(fields[1], fields[2]);
            }
        }
    }

    /// <summary>Column numbers; -1 where an optional column is absent.</summary>
    private sealed record Layout(int Count, int User, int Item, int Timestamp, int Value)
    {
        public static Layout Of(LineReader reader, string[] header, CsvColumns columns) => new(
            header.Length,
            Find(reader, header, columns.User, CsvColumns.UsualUser, "user", required: true),
            Find(reader, header, columns.Item, CsvColumns.UsualItem, "item", required: true),
            Find(reader, header, columns.Timestamp, CsvColumns.UsualTimestamp, "timestamp", required: false),
            Find(reader, header, columns.Value, CsvColumns.UsualValue, "value", required: false));

        private static int Find(LineReader reader, string[] header, string? chosen, string[] usual, string role, bool required)
        {
            string[] names = chosen is null ? usual : [chosen];
            foreach (var name in names)
            {
                var at = Array.FindIndex(header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (at >= 0)
                {
                    return at;
                }
            }

            return !required && chosen is null
                ? -1
                : throw reader.Fault(
                    $"the header has no column for the {role} ({string.Join(" or ", names)}); its columns are {string.Join(", ", header)}");
        }
    }
}
