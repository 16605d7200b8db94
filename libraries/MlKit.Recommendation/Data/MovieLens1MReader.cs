using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>GroupLens' 1M layout: <c>ratings.dat</c>, and <c>movies.dat</c>, <c>users.dat</c> where they are.</summary>
internal static class MovieLens1MReader
{
    private const string Separator = "::";

    public static DataSet Read(string file, CancellationToken cancellationToken)
    {
        var builder = new DataSetBuilder(file);
        var reader = new LineReader(file, Encoding.Latin1, cancellationToken);
        foreach (var line in reader.Lines())
        {
            var fields = Split(reader, line, 4, "user, item, rating, seconds");
            builder.Add(reader.Id(fields[0], "user"), reader.Id(fields[1], "item"), reader.Time(fields[3]), reader.Value(fields[2]));
        }

        var data = builder.Build();
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        ReadMovies(data, Path.Combine(folder, "movies.dat"), cancellationToken);
        ReadUsers(data, Path.Combine(folder, "users.dat"), cancellationToken);
        return data;
    }

    private static void ReadMovies(DataSet data, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var items = DetailIndex.Of(data.ItemIds);
        var reader = new LineReader(file, Encoding.Latin1, cancellationToken);
        foreach (var line in reader.Lines())
        {
            var fields = Split(reader, line, 3, "item, title, genres");
            if (items.TryGetValue(fields[0], out var item))
            {
                data.Items[item] = DetailIndex.Film(fields[1], fields[2]);
            }
        }
    }

    private static void ReadUsers(DataSet data, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var users = DetailIndex.Of(data.UserIds);
        var reader = new LineReader(file, Encoding.Latin1, cancellationToken);
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
            : throw reader.Fault($"{fields.Length} fields instead of {count} ({names}; separated by ::)");
    }
}
