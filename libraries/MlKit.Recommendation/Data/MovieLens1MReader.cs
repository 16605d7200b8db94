using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>GroupLens' 1M layout: <c>ratings.dat</c>, and <c>movies.dat</c>, <c>users.dat</c> where they are.</summary>
internal static class MovieLens1MReader
{
    private const string Separator = "::";

    public static DataSet Read(string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        var builder = new DataSetBuilder(file) { Lenient = options.Lenient };
        var reader = LineReader.Open(file, Encoding.Latin1, options, cancellationToken);
        foreach (var line in reader.Lines())
        {
            builder.TryAdd(() => AddLine(builder, reader, line));
        }

        var data = builder.Build();
        ReadDetails(data, Path.GetDirectoryName(Path.GetFullPath(file))!, options, cancellationToken);
        return data;
    }

    /// <summary>Takes over films and users from <c>movies.dat</c> and <c>users.dat</c> where they are.</summary>
    public static void ReadDetails(DataSet data, string folder, DataReadOptions options, CancellationToken cancellationToken)
    {
        ReadMovies(data, Path.Combine(folder, "movies.dat"), options, cancellationToken);
        ReadUsers(data, Path.Combine(folder, "users.dat"), options, cancellationToken);
    }

    private static void AddLine(DataSetBuilder builder, LineReader reader, string line)
    {
        var fields = Split(reader, line, 4, "user, item, rating, seconds");
        var parser = reader.Fields;
        builder.Add(parser.Id(fields[0], "user"), parser.Id(fields[1], "item"), parser.Time(fields[3]), parser.Value(fields[2]));
    }

    private static void ReadMovies(DataSet data, string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var items = DetailIndex.Of(data.ItemIds);
        var reader = LineReader.Open(file, Encoding.Latin1, options, cancellationToken);
        foreach (var line in reader.Lines())
        {
            var fields = Split(reader, line, 3, "item, title, genres");
            if (items.TryGetValue(fields[0], out var item))
            {
                data.Items[item] = DetailIndex.Film(fields[1], fields[2]);
            }
        }
    }

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
            var fields = Split(reader, line, 5, "user, gender, age, occupation, zip");
            if (users.TryGetValue(fields[0], out var user))
            {
                data.Users[user] = new UserDetails(DetailIndex.Integer(fields[2]), fields[1], fields[3]);
            }
        }
    }

    private static string[] Split(LineReader reader, string line, int count, string names)
    {
        var fields = line.Split(Separator);
        return fields.Length == count
            ? fields
            : throw reader.Fields.WrongCount(fields.Length, count, $"({names}; separated by ::)");
    }
}
