using MlKit.Recommendation.Retrieval;

namespace MlKit.Recommendation.Evaluation;

/// <summary>Ranks the positives of cases by a model's scores.</summary>
public sealed class Evaluator
{
    private readonly ItemVocabulary _items;
    private readonly bool[] _competes;

    /// <param name="items">The items that the scores are about.</param>
    /// <param name="competes">By item of the data set: whether it competes; null: all do.</param>
    public Evaluator(ItemVocabulary items, bool[]? competes)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = items;
        _competes = Array.ConvertAll(items.DataIndex, item => competes?[item] != false);
    }

    /// <summary>Metrics of all cases, in parallel.</summary>
    /// <typeparam name="TState">What a thread keeps between cases.</typeparam>
    /// <param name="cases">The questions.</param>
    /// <param name="state">Makes a thread's state.</param>
    /// <param name="score">Scores of all items of the model for a case; valid until the thread's next call.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    /// <exception cref="NonFiniteScoreException">A score of a competing item is NaN or infinite.</exception>
    public EvaluationResult Evaluate<TState>(
        IReadOnlyList<RankingCase> cases, Func<TState> state, Func<RankingCase, TState, float[]> score, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var results = new UserMetrics[cases.Count];
        try
        {
            Parallel.For(0, cases.Count, new ParallelOptions { CancellationToken = cancellationToken }, state, (at, _, local) =>
            {
                results[at] = UserMetrics.Of(cases[at].User, Ranks(cases[at], score(cases[at], local)));
                return local;
            }, _ => { });
        }
        catch (AggregateException error) when (error.InnerExceptions is [NonFiniteScoreException, ..])
        {
            throw error.InnerExceptions[0];
        }

        return new EvaluationResult(results);
    }

    /// <summary>By item of the model: whether it may be recommended for the case.</summary>
    public bool[] Candidates(RankingCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        bool[] may;
        if (one.Candidates is { } given)
        {
            may = new bool[_items.Count];
            Mark(may, given, true);
            return may;
        }

        may = (bool[])_competes.Clone();
        foreach (var seen in one.History)
        {
            if (_items.ModelIndex(seen.Item) is var index and >= 0)
            {
                may[index] = false;
            }
        }

        return may;
    }

    /// <summary>Ranks of the positives among the candidates; an item that the model does not know is never found.</summary>
    public int[] Ranks(RankingCase one, float[] scores)
    {
        ArgumentNullException.ThrowIfNull(one);
        var may = Candidates(one);
        return Array.ConvertAll(one.Positives, item =>
            item >= 0 && _items.ModelIndex(item) is var index and >= 0 ? RankingMetrics.Rank(scores, index, may) : int.MaxValue);
    }

    private void Mark(bool[] marks, int[] dataItems, bool value)
    {
        foreach (var item in dataItems)
        {
            if (item >= 0 && _items.ModelIndex(item) is var index and >= 0)
            {
                marks[index] = value;
            }
        }
    }
}
