using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>Reads a data set and cuts it by a protocol.</summary>
public static class ProtocolSplitter
{
    /// <summary>Negatives per user where NCF's are not given.</summary>
    private const int NcfNegatives = 99;

    /// <summary>Negatives per user of the sampled LAST.</summary>
    private const int SampledNegatives = 100;

    /// <summary>Reads the data at <paramref name="path"/> with what they bring along for evaluation, and cuts them.</summary>
    /// <param name="path">A folder or a file, see <see cref="DataSetReader"/>.</param>
    /// <param name="protocol">How to cut.</param>
    /// <param name="options">How to read.</param>
    /// <param name="seed">Seed of what is drawn at random.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static EvaluationTask Read(
        string path, Protocol protocol, DataReadOptions options, int seed, CancellationToken cancellationToken = default)
    {
        var data = DataSetReader.Read(path, options, cancellationToken);
        var files = protocol is Protocol.PerUser7525 or Protocol.LatestOut ? new HeldOutFiles() : HeldOutFiles.Find(path, cancellationToken);
        if (protocol is Protocol.Last or Protocol.LastSampled && Directory.Exists(path) && MovieLensPieces.Is(path)
            && MovieLensPieces.ReadCut(path, cancellationToken) is { } cut)
        {
            return ByCut(data, cut, protocol, seed);
        }

        return files.Positives.Count > 0 ? ByFiles(data, files, protocol, seed) : Split(data, protocol, seed, files);
    }

    /// <summary>Cuts data that bring nothing along.</summary>
    public static EvaluationTask Split(DataSet data, Protocol protocol, int seed) => Split(data, protocol, seed, new HeldOutFiles());

    /// <summary>Holds a random quarter of histories out.</summary>
    internal static EvaluationTask Split(UserHistories histories, int seed) => RandomQuarter(histories, seed);

    private static EvaluationTask Split(DataSet data, Protocol protocol, int seed, HeldOutFiles files)
    {
        var all = UserHistories.Of(data);
        return protocol == Protocol.PerUser7525
            ? RandomQuarter(all, seed)
            : Hold(all, [.. Enumerable.Range(0, all.Count).Select(user => all[user].Length >= 2 ? new[] { all[user][^1].Item } : [])], protocol, seed, files);
    }

    /// <summary>
    /// Recommenders' split: of each user's items a random quarter (rounded) is held out. Users of one item keep it.
    /// </summary>
    private static EvaluationTask RandomQuarter(UserHistories all, int seed)
    {
        const double share = 0.25;
        var random = new Random(seed);
        var held = new HashSet<int>[all.Count];
        for (var user = 0; user < all.Count; user++)
        {
            var items = all[user].ToArray().Select(e => e.Item).ToArray();
            random.Shuffle(items);
            held[user] = [.. items.Take(Math.Min(items.Length - 1, (int)Math.Round(items.Length * share)))];
        }

        var training = all.Where((user, one) => !held[user].Contains(one.Item));
        return new EvaluationTask
        {
            Protocol = Protocol.PerUser7525,
            Training = training,
            Cases = [.. Enumerable.Range(0, all.Count).Where(user => held[user].Count > 0).Select(user =>
                new RankingCase(user, training[user].ToArray(), [.. held[user].Order()], null, 0))],
        };
    }

    private static EvaluationTask ByCut(DataSet data, SequenceCut cut, Protocol protocol, int seed)
    {
        var items = DetailIndex.Of(data.ItemIds);
        var users = DetailIndex.Of(data.UserIds);
        var all = UserHistories.Of(data).Where((_, one) => cut.Items.Contains(data.ItemIds[one.Item]));
        var held = Array.ConvertAll(data.UserIds, id => cut.Test.TryGetValue(id, out var item) ? new[] { items[item] } : []);
        return Hold(
            all, held, protocol, seed, new HeldOutFiles(),
            Array.ConvertAll(data.ItemIds, cut.Items.Contains), [.. cut.ValidationUsers.Select(id => users[id]).Order()]);
    }

    private static EvaluationTask ByFiles(DataSet data, HeldOutFiles files, Protocol protocol, int seed)
    {
        var whole = WithHeldOut(data, files);
        var items = DetailIndex.Of(whole.ItemIds);
        var held = Array.ConvertAll(whole.UserIds, id =>
            files.Positives.TryGetValue(id, out var own) ? own.Select(item => items[item]).Distinct().ToArray() : []);
        return Hold(UserHistories.Of(whole), held, protocol, seed, files);
    }

    /// <summary>Held-out pairs that the interactions do not contain come after everything else of their users.</summary>
    private static DataSet WithHeldOut(DataSet data, HeldOutFiles files)
    {
        var known = data.Interactions.Select(e => (data.UserIds[e.User], data.ItemIds[e.Item])).ToHashSet();
        (string User, string Item)[] missing =
            [.. files.Positives.SelectMany(one => one.Value.Select(item => (one.Key, item))).Where(pair => !known.Contains(pair))];
        if (missing.Length == 0)
        {
            return data;
        }

        var builder = new DataSetBuilder(data.Name) { HasClock = data.HasClock };
        foreach (var one in data.Interactions)
        {
            builder.Add(data.UserIds[one.User], data.ItemIds[one.Item], one.Timestamp, one.Value);
        }

        var end = data.Interactions[^1].Timestamp + 1;
        Array.ForEach(missing, pair => builder.Add(pair.User, pair.Item, end, 1));
        return builder.Build().DetailsFrom(data);
    }

    private static EvaluationTask Hold(
        UserHistories all, int[][] held, Protocol protocol, int seed, HeldOutFiles files, bool[]? competes = null, int[]? tuningUsers = null)
    {
        var training = all.Where((user, one) => !held[user].Contains(one.Item));
        var negatives = protocol switch
        {
            Protocol.Ncf => new NegativeSampler(all, seed, NcfNegatives, competes),
            Protocol.LastSampled => new NegativeSampler(all, seed, SampledNegatives, competes),
            _ => null,
        };
        var given = negatives is null ? null : Given(all.Data, files);
        var cases = new List<RankingCase>();
        for (var user = 0; user < all.Count; user++)
        {
            if (held[user].Length > 0 && training[user].Length > 0)
            {
                int[]? candidates = negatives is null ? null
                    : given!.TryGetValue(user, out var own) ? [.. held[user].Concat(own).Distinct()]
                    : [.. held[user], .. negatives.Draw(user)];
                cases.Add(new RankingCase(user, training[user].ToArray(), held[user], candidates, Cut(all[user], held[user])));
            }
        }

        return new EvaluationTask { Protocol = protocol, Training = training, Cases = cases, Competes = competes, TuningUsers = tuningUsers };
    }

    private static Dictionary<int, int[]> Given(DataSet data, HeldOutFiles files)
    {
        var items = DetailIndex.Of(data.ItemIds);
        var users = DetailIndex.Of(data.UserIds);
        return files.Negatives.Where(one => users.ContainsKey(one.Key)).ToDictionary(
            one => users[one.Key], one => one.Value.Where(items.ContainsKey).Select(id => items[id]).ToArray());
    }

    private static long Cut(ReadOnlySpan<Interaction> events, int[] held)
    {
        var cut = long.MaxValue;
        foreach (var one in events)
        {
            cut = held.Contains(one.Item) ? Math.Min(cut, one.Timestamp) : cut;
        }

        return cut;
    }
}
