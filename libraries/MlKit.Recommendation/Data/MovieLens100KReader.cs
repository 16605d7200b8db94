using System.Globalization;
using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>GroupLens' 100K layout: <c>u.data</c>, and <c>u.item</c>, <c>u.genre</c>, <c>u.user</c> where they are.</summary>
internal static class MovieLens100KReader
{
    private const int FirstGenreField = 5;

    public static DataSet Read(string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        var builder = new DataSetBuilder(file) { Lenient = options.Lenient };
        var reader = LineReader.Open(file, Encoding.Latin1, options, cancellationToken);
        foreach (var line in reader.Lines())
        {
            builder.TryAdd(() => AddLine(builder, reader.Fields, line.Split('\t')));
        }

        var data = builder.Build();
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        ReadItems(data, Path.Combine(folder, "u.item"), ReadGenres(Path.Combine(folder, "u.genre"), options, cancellationToken), options, cancellationToken);
        ReadUsers(data, Path.Combine(folder, "u.user"), options, cancellationToken);
        return data;
    }

    private static void AddLine(DataSetBuilder builder, FieldParser parser, string[] fields)
    {
        if (fields.Length != 4)
        {
            throw parser.WrongCount(fields.Length, 4, "(user, item, rating, seconds; separated by tabs)");
        }

        builder.Add(parser.Id(fields[0], "user"), parser.Id(fields[1], "item"), parser.Time(fields[3]), parser.Value(fields[2]));
    }

    private static string[] ReadGenres(string file, DataReadOptions options, CancellationToken cancellationToken) =>
        !File.Exists(file)
            ? []
            : [.. LineReader.Open(file, Encoding.Latin1, options, cancellationToken).Lines().Select(line => line.Split('|')[0])];

    private static void ReadItems(DataSet data, string file, string[] genres, DataReadOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var items = DetailIndex.Of(data.ItemIds);
        var reader = LineReader.Open(file, Encoding.Latin1, options, cancellationToken);
        foreach (var line in reader.Lines())
        {
            var fields = line.Split('|');
            if (fields.Length < FirstGenreField + genres.Length)
            {
                throw reader.Fields.Fault($"{fields.Length} fields instead of {FirstGenreField + genres.Length} (separated by |)");
            }

            if (items.TryGetValue(fields[0], out var item))
            {
                var own = genres.Where((name, g) => fields[FirstGenreField + g] == "1" && name != "unknown");
                data.Items[item] = new ItemDetails(fields[1], [.. own], Year(fields[2]));
            }
        }
    }

    private static int? Year(string date) =>
        date.Length >= 4 && int.TryParse(date.AsSpan(date.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? year
            : null;

    private static void ReadUsers(DataSet data, string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var users = DetailIndex.Of(data.UserIds);
        var reader = LineReader.Open(file, Encoding.Latin1, options, cancellationToken);
        foreach (var line in reader.Lines())
        {
            var fields = line.Split('|');
            if (fields.Length < 4)
            {
                throw reader.Fields.Fault($"{fields.Length} fields instead of 5 (id, age, gender, occupation, zip; separated by |)");
            }

            if (users.TryGetValue(fields[0], out var user))
            {
                data.Users[user] = new UserDetails(DetailIndex.Integer(fields[1]), fields[2], fields[3]);
            }
        }
    }
}
