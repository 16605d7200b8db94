using System.Globalization;
using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>
/// MovieLens 1M in pieces: <c>pairs.tsv.gz</c> or <c>pairs.parquet</c> with all (user, film) pairs, and the chronological
/// sequences of <c>sasrec-sequences</c>. There are no times for all pairs, so the data have an order per user and no
/// clock. Films that the sequences leave out (fewer than 5 events) come first in a user's order: nothing tells when they
/// were met.
/// </summary>
internal static class MovieLensPieces
{
    private const string Pairs = "pairs.tsv.gz";
    private const string PairsParquet = "pairs.parquet";
    private const string Sequences = "sasrec-sequences";

    public static bool Is(string folder) =>
        File.Exists(Path.Combine(folder, Pairs)) || File.Exists(Path.Combine(folder, PairsParquet));

    public static DataSet Read(string folder, DataReadOptions options, CancellationToken cancellationToken)
    {
        var pairs = ReadPairs(folder, options, cancellationToken);
        var (order, catalogue) = Directory.Exists(Path.Combine(folder, Sequences))
            ? ReadOrder(Path.Combine(folder, Sequences), options, cancellationToken)
            : ([], []);
        var builder = new DataSetBuilder(folder) { HasClock = false };
        foreach (var (user, items) in pairs)
        {
            var sequence = order.TryGetValue(user, out var known) ? known.Complete(items, catalogue) : items;
            sequence.ForEach(item => builder.Add(user, item, 0, 1));
        }

        var data = builder.Build();
        MovieLens1MReader.ReadDetails(data, folder, options, cancellationToken);
        return data;
    }

    /// <summary>The test items of the sequences by raw user id, for the protocol LAST.</summary>
    public static SequenceCut? ReadCut(string folder, CancellationToken cancellationToken)
    {
        var sequences = Path.Combine(folder, Sequences);
        if (!Directory.Exists(sequences))
        {
            return null;
        }

        var (order, catalogue) = ReadOrder(sequences, new DataReadOptions(), cancellationToken);
        return new SequenceCut(
            order.ToDictionary(one => one.Key, one => one.Value.Test),
            [.. order.Where(one => one.Value.Validation.Count > 0).Select(one => one.Key)],
            catalogue);
    }

    /// <summary>Raw ids by the numbers of the NCF files: users in the order of the pairs, films by first appearance there.</summary>
    public static (string[] Users, string[] Items) ReadNcfIds(string folder, CancellationToken cancellationToken)
    {
        var pairs = ReadPairs(folder, new DataReadOptions(), cancellationToken);
        return ([.. pairs.Select(pair => pair.User)], [.. pairs.SelectMany(pair => pair.Items).Distinct()]);
    }

    private static List<(string User, List<string> Items)> ReadPairs(string folder, DataReadOptions options, CancellationToken cancellationToken)
    {
        var text = Path.Combine(folder, Pairs);
        if (!File.Exists(text))
        {
            var columns = options with { Columns = new CsvColumns { User = "userID", Item = "movieID" } };
            var table = ParquetTable.Read(Path.Combine(folder, PairsParquet), columns, cancellationToken);
            return [.. table.Interactions.GroupBy(e => e.User).Select(one => (table.UserIds[one.Key], one.Select(e => table.ItemIds[e.Item]).ToList()))];
        }

        var reader = LineReader.Open(text, Encoding.UTF8, options, cancellationToken);
        var pairs = new List<(string User, List<string> Items)>();
        foreach (var line in reader.Lines())
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0)
            {
                throw reader.Fields.WrongCount(1, 2, "(user, film; separated by a tab)");
            }

            if (pairs.Count == 0 || !line.AsSpan(0, tab).SequenceEqual(pairs[^1].User))
            {
                pairs.Add((line[..tab], []));
            }

            pairs[^1].Items.Add(string.Intern(line[(tab + 1)..]));
        }

        return pairs;
    }

    private static (Dictionary<string, Sequence> Order, HashSet<string> Catalogue) ReadOrder(
        string folder, DataReadOptions options, CancellationToken cancellationToken)
    {
        IEnumerable<string> Lines(string name) => LineReader.Open(Path.Combine(folder, name), Encoding.UTF8, options, cancellationToken).Lines();
        var items = Map(Lines("sas_to_original_items.txt"));
        var users = Map(Lines("sas_to_original_users.txt"));
        List<string> Films(string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => items[id])];
        var validation = Lines(Path.Combine("val", "input.txt")).Zip(Lines(Path.Combine("val", "output.txt")))
            .Select(pair => (Input: Films(pair.First), Output: items[pair.Second.Trim()])).ToLookup(pair => pair.Input[0]);

        var order = new Dictionary<string, Sequence>();
        var row = 0;
        foreach (var (train, test) in Lines(Path.Combine("train", "input.txt")).Zip(Lines(Path.Combine("test", "output.txt"))))
        {
            var films = Films(train);
            var own = validation[films[0]].Where(pair => pair.Input.Count >= films.Count && pair.Input.Take(films.Count).SequenceEqual(films));
            List<string> tail = [.. own.Take(1).SelectMany(pair => pair.Input.Skip(films.Count).Append(pair.Output))];
            order[users[(++row).ToString(CultureInfo.InvariantCulture)]] = new Sequence(films, tail, items[test.Trim()]);
        }

        return (order, [.. items.Values]);
    }

    private static Dictionary<string, string> Map(IEnumerable<string> lines) =>
        lines.Select(line => line.Split(' ')).ToDictionary(pair => pair[0], pair => string.Intern(pair[1]));

    /// <summary>A user's films in time: training part, what only the validation files hold, test film.</summary>
    private sealed record Sequence(List<string> Train, List<string> Validation, string Test)
    {
        /// <summary>
        /// All the user's films in order: those outside the catalogue of the sequences first; the one inside that no file
        /// places is the second last.
        /// </summary>
        public List<string> Complete(List<string> items, HashSet<string> catalogue)
        {
            var placed = new HashSet<string>(Train.Concat(Validation).Append(Test));
            var left = items.Where(item => !placed.Contains(item)).ToLookup(catalogue.Contains);
            return [.. left[false], .. Train, .. Validation, .. left[true], Test];
        }
    }
}
