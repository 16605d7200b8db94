using System.Text;
using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>
/// What a data set brings along for its evaluation: held-out pairs (a file with "test" in its name: user item ...) and
/// the items that compete with them (a file with "negative" in its name). A line of negatives starts with the user, or
/// with <c>(user,item)</c> as in the NCF files; items follow, separated by tabs, spaces, commas, semicolons or bars.
/// </summary>
internal sealed class HeldOutFiles
{
    private static readonly char[] Separators = ['\t', ' ', ',', ';', '|', '(', ')', '[', ']', '"'];

    /// <summary>Held-out raw item ids by raw user id; empty where the data bring none.</summary>
    public Dictionary<string, List<string>> Positives { get; } = [];

    /// <summary>Raw ids of competing items by raw user id; empty where the data bring none.</summary>
    public Dictionary<string, List<string>> Negatives { get; } = [];

    /// <summary>Looks beside the interactions, and one folder below.</summary>
    public static HeldOutFiles Find(string path, CancellationToken cancellationToken)
    {
        var found = new HeldOutFiles();
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (MovieLensPieces.Is(folder))
        {
            found.ReadNumbered(folder, cancellationToken);
            return found;
        }

        var depth = isFolder ? new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 } : new EnumerationOptions();
        string[] files = [.. Directory.EnumerateFiles(folder, "*", depth).Where(file => file != Path.GetFullPath(path)).Order(StringComparer.Ordinal)];
        if (Pick(files, "negative") is { } negatives)
        {
            found.ReadNegatives(negatives, id => id, id => id, cancellationToken);
            if (Pick(files, "test") is { } test)
            {
                found.ReadPositives(test, id => id, id => id, cancellationToken);
            }
        }

        return found;
    }

    private static string? Pick(string[] files, string word) => files.FirstOrDefault(file =>
        Path.GetFileName(file).Contains(word, StringComparison.OrdinalIgnoreCase)
        && (word == "negative" || !Path.GetFileName(file).Contains("negative", StringComparison.OrdinalIgnoreCase))
        && !file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase));

    /// <summary>MovieLens 1M in pieces: the NCF files number users and films in the order of the pairs.</summary>
    private void ReadNumbered(string folder, CancellationToken cancellationToken)
    {
        var ncf = Path.Combine(folder, "ncf-leave-one-out");
        if (!Directory.Exists(ncf))
        {
            return;
        }

        var (users, items) = MovieLensPieces.ReadNcfIds(folder, cancellationToken);
        string User(string id) => users[int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)];
        string Item(string id) => items[int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)];
        ReadPositives(Path.Combine(ncf, "ml-1m.test.rating"), User, Item, cancellationToken);
        ReadNegatives(Path.Combine(ncf, "ml-1m.test.negative"), User, Item, cancellationToken);
    }

    private void ReadPositives(string file, Func<string, string> user, Func<string, string> item, CancellationToken cancellationToken)
    {
        Positives.Clear();
        foreach (var line in Lines(file, cancellationToken))
        {
            var fields = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2)
            {
                throw new DataFormatException(file, $"line '{line}' holds no user and item");
            }

            Add(Positives, user(fields[0]), [item(fields[1])]);
        }
    }

    private void ReadNegatives(string file, Func<string, string> user, Func<string, string> item, CancellationToken cancellationToken)
    {
        foreach (var line in Lines(file, cancellationToken))
        {
            var fields = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2)
            {
                throw new DataFormatException(file, $"line '{line}' holds no user and items");
            }

            var pair = line.StartsWith('(');
            if (pair)
            {
                Positives[user(fields[0])] = [item(fields[1])];
            }

            Add(Negatives, user(fields[0]), fields.Skip(pair ? 2 : 1).Select(item));
        }
    }

    private static IEnumerable<string> Lines(string file, CancellationToken cancellationToken) =>
        LineReader.Open(file, Encoding.UTF8, new DataReadOptions(), cancellationToken).Lines();

    private static void Add(Dictionary<string, List<string>> to, string user, IEnumerable<string> items)
    {
        if (!to.TryGetValue(user, out var list))
        {
            to[user] = list = [];
        }

        list.AddRange(items);
    }
}
