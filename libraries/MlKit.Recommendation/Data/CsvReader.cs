using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>
/// A text table: fields separated by tabs, commas, semicolons, <c>::</c> or spaces, with a header or, where the first
/// line holds a number, without one (see <see cref="TableLayout.OfFirstRow"/>). Where a <c>movies.csv</c> of MovieLens
/// "latest" lies beside it, titles and genres are taken from there.
/// </summary>
internal static class CsvReader
{
    public static DataSet Read(string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        var reader = LineReader.Open(file, Encoding.UTF8, options, cancellationToken);
        using var lines = reader.Lines().GetEnumerator();
        if (!lines.MoveNext())
        {
            throw new DataFormatException(file, "is empty; a header line with columns for user and item is needed");
        }

        var split = Splitter(lines.Current);
        var first = split(lines.Current);
        var bare = options.Columns == CsvColumns.Default ? TableLayout.OfFirstRow(first) : null;
        var layout = bare ?? TableLayout.OfHeader(first, options.Columns, reason => reader.Fields.Fault(reason));
        var builder = new DataSetBuilder(file) { HasClock = layout.Timestamp >= 0, Lenient = options.Lenient };
        for (var more = bare is not null || lines.MoveNext(); more; more = lines.MoveNext())
        {
            var line = lines.Current;
            builder.TryAdd(() => AddLine(builder, reader.Fields, layout, split(line)));
        }

        var data = builder.Build();
        ReadMovies(data, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "movies.csv"), options, cancellationToken);
        return data;
    }

    /// <summary>How lines like this one fall into fields.</summary>
    public static Func<string, IReadOnlyList<string>> Splitter(string line)
    {
        foreach (var separator in "\t,;")
        {
            if (line.Contains(separator))
            {
                return text => CsvLine.Split(text, separator);
            }
        }

        return line.Contains("::", StringComparison.Ordinal)
            ? text => text.Split("::")
            : text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void AddLine(DataSetBuilder builder, FieldParser parser, TableLayout layout, IReadOnlyList<string> fields)
    {
        if (fields.Count != layout.Count)
        {
            throw parser.WrongCount(fields.Count, layout.Count, "as in the first line");
        }

        builder.Add(
            parser.Id(fields[layout.User], "user"),
            parser.Id(fields[layout.Item], "item"),
            layout.Timestamp < 0 ? 0 : parser.Time(fields[layout.Timestamp]),
            layout.Value < 0 ? 1 : parser.Value(fields[layout.Value]));
    }

    private static void ReadMovies(DataSet data, string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var items = DetailIndex.Of(data.ItemIds);
        var reader = LineReader.Open(file, Encoding.UTF8, options, cancellationToken);
        foreach (var line in reader.Lines().Skip(1))
        {
            var fields = CsvLine.Split(line, ',');
            if (fields.Count != 3)
            {
                throw reader.Fields.WrongCount(fields.Count, 3, "(movieId,title,genres)");
            }

            if (items.TryGetValue(fields[0], out var item))
            {
                data.Items[item] = DetailIndex.Film(fields[1], fields[2]);
            }
        }
    }
}
