using MlKit.Features;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Rows of candidates with features as they were before the positives.</summary>
internal sealed class RankingSetBuilder(RetrievalModel model, Evaluator evaluator, RankingSchema schema, IPointInTimeFeatures features)
{
    private readonly string[] _components = [.. model.Components.Select(part => part.Name)];

    /// <summary>Rows of all candidates of the given cases, in their order.</summary>
    public Task<RankedCase[]> BuildAsync(IReadOnlyList<RankingCase> cases, int candidates, CancellationToken cancellationToken) =>
        RowsAsync(cases, CandidateList.Of(model, evaluator, cases, candidates, cancellationToken), cancellationToken);

    /// <summary>
    /// The training set: cases whose candidates hold both a positive and a negative, with so many negatives drawn. The
    /// columns that place a candidate in its list are computed on the whole list, as in serving.
    /// </summary>
    public async Task<RankingSet> TrainingSetAsync(
        IReadOnlyList<RankingCase> cases, int candidates, int negatives, int seed, CancellationToken cancellationToken)
    {
        // A few hundred cases at a time: rows that are not drawn are forgotten at once.
        const int portion = 512;
        var set = new RankingSet(schema.Width);
        var random = new Random(seed);
        foreach (var some in cases.Chunk(portion))
        {
            foreach (var one in await BuildAsync(some, candidates, cancellationToken))
            {
                Add(set, one, negatives, random);
            }
        }

        return set;
    }

    private static void Add(RankingSet set, RankedCase one, int negatives, Random random)
    {
        var right = one.Case.Positives.ToHashSet();
        int[] positives = [.. Enumerable.Range(0, one.Items.Length).Where(at => right.Contains(one.Items[at]))];
        int[] others = [.. Enumerable.Range(0, one.Items.Length).Where(at => !right.Contains(one.Items[at]))];
        if (positives.Length == 0 || others.Length == 0)
        {
            return;
        }

        random.Shuffle(others);
        var width = one.Rows.Length / one.Items.Length;
        int[] chosen = [.. positives.Concat(others.Take(negatives)).Order()];
        set.Add(
            [.. chosen.SelectMany(at => one.Rows.AsSpan(at * width, width).ToArray())],
            [.. chosen.Select(at => right.Contains(one.Items[at]) ? 1f : 0f)]);
    }

    private async Task<RankedCase[]> RowsAsync(
        IReadOnlyList<RankingCase> cases, CandidateList[] lists, CancellationToken cancellationToken)
    {
        var users = await features.UsersAsync(cases, cancellationToken);
        var items = await features.ItemsAsync(cases, [.. lists.Select(list => list.Items)], cancellationToken);
        var ranked = new RankedCase[cases.Count];
        Parallel.For(0, ranked.Length, new ParallelOptions { CancellationToken = cancellationToken }, at =>
        {
            var byId = new Dictionary<string, ItemState>(lists[at].Items.Length, StringComparer.Ordinal);
            for (var i = 0; i < lists[at].Items.Length; i++)
            {
                byId[lists[at].Candidates[i].ItemId] = items[at][i];
            }

            ranked[at] = new RankedCase(
                cases[at], lists[at].Items,
                RankingRow.Build(schema, _components, users[at], lists[at].Candidates, byId.GetValueOrDefault));
        });
        return ranked;
    }
}
