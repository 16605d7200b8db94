using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>Trains a <see cref="RetrievalModel"/> and its parts. A part is trained when it is
/// asked for, and kept until it is asked for with other parameters.</summary>
public sealed class RetrievalTrainer
{
    private readonly UserHistories _histories;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, (object Key, object Trained)> _trained = [];

    private RetrievalTrainer(UserHistories histories, int maxItems, CancellationToken cancellationToken)
    {
        _histories = histories;
        _cancellationToken = cancellationToken;
        Items = ItemVocabulary.Of(histories, maxItems);
        Data = Sequences.Of(histories, Items);
    }

    /// <summary>The items that the model will know.</summary>
    public ItemVocabulary Items { get; }

    internal Sequences Data { get; }

    /// <summary>Prepares the histories.</summary>
    public static RetrievalTrainer Of(UserHistories histories, int maxItems, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        return new RetrievalTrainer(histories, maxItems, cancellationToken);
    }

    /// <summary>Trains on all events of <paramref name="histories"/>.</summary>
    public static RetrievalModel Train(
        UserHistories histories, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Of(histories, options.MaxItems, cancellationToken).Train(options);
    }

    /// <summary>All parts that the options ask for.</summary>
    public RetrievalModel Train(RetrievalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = new List<RetrievalComponent>();
        foreach (var name in ComponentNames.All)
        {
            if (Scorer(name, options) is { } scorer)
            {
                parts.Add(new RetrievalComponent(name, scorer, (float)options.Weights.GetValueOrDefault(name)));
            }
        }

        return new RetrievalModel(
            Items, Array.ConvertAll(Items.DataIndex, item => _histories.Data.ItemIds[item]), options, parts,
            PopularityTrainer.Train(_histories, Items, options.PopularityHalfLife));
    }

    /// <summary>One part, or null where the data or the options do not have it.</summary>
    public HistoryScorer? Scorer(string name, RetrievalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return name switch
        {
            ComponentNames.Ease => new LinearScorer(Ease(options), double.PositiveInfinity),
            ComponentNames.EaseRecent => new LinearScorer(Ease(options), options.EaseHalfLife),
            ComponentNames.Next => new LinearScorer(Next(options), options.NextHalfLife),
            ComponentNames.Transitions => new LinearScorer(Transitions(options), options.TransitionHalfLife),
            ComponentNames.Last => new LinearScorer(Transitions(options), NewestOnly),
            ComponentNames.Neighbours => new LinearScorer(Neighbours(options), double.PositiveInfinity),
            ComponentNames.NeighboursRecent => new LinearScorer(Neighbours(options), options.NeighbourHalfLife),
            ComponentNames.Factors => options.Factors is { } factors ? new FactorScorer(Factors(factors)) : null,
            ComponentNames.Genres => Traits(options),
            ComponentNames.Popularity => new ConstantScorer(LogPopularity(options)),
            _ => throw new ArgumentException($"'{name}' is no part of the model; allowed: {string.Join(", ", ComponentNames.All)}", nameof(name)),
        };
    }

    /// <summary>Forgets EASE, regressions and factorisations that were trained for other parameters.</summary>
    public void Forget() => _trained.Clear();

    /// <summary>A half-life under which already the second newest item weighs a thousandth.</summary>
    private const double NewestOnly = 0.1;

    private int DenseSize(RetrievalOptions options) => Math.Min(Items.Count, options.DenseItems);

    private DenseRows Ease(RetrievalOptions options) => Once(
        ComponentNames.Ease, (DenseSize(options), options.EaseLambda),
        () => EaseTrainer.Train(Data, DenseSize(options), options.EaseLambda, _cancellationToken));

    private DenseRows Next(RetrievalOptions options) => Once(
        ComponentNames.Next, (DenseSize(options), options.NextHalfLife, options.NextLambda),
        () => NextItemTrainer.Train(Data, DenseSize(options), options.NextHalfLife, options.NextLambda, _cancellationToken));

    private SparseRows Transitions(RetrievalOptions options) => Once(
        ComponentNames.Transitions, options.TransitionsPerItem,
        () => TransitionTrainer.Train(Data, options.TransitionsPerItem, _cancellationToken));

    private SparseRows Neighbours(RetrievalOptions options) => Once(
        ComponentNames.Neighbours, (options.NeighboursPerItem, options.NeighbourShrink),
        () => NeighbourTrainer.Train(Data, options.NeighboursPerItem, options.NeighbourShrink, _cancellationToken));

    private FactorModel Factors(FactorOptions options) => Once(
        ComponentNames.Factors, options, () => FactorTrainer.Train(Data, options, _cancellationToken).Model);

    private float[] LogPopularity(RetrievalOptions options) =>
        Array.ConvertAll(PopularityTrainer.Train(_histories, Items, options.PopularityHalfLife), count => MathF.Log(1 + count));

    private TraitScorer? Traits(RetrievalOptions options)
    {
        var (traits, width) = GenreTraits.Of(_histories.Data, Items);
        return width == 0 ? null : new TraitScorer(traits, width, options.GenreHalfLife);
    }

    private T Once<T>(string part, object key, Func<T> train)
        where T : class
    {
        if (!_trained.TryGetValue(part, out var known) || !known.Key.Equals(key))
        {
            // The old one goes before the new one comes: both are large.
            _trained.Remove(part);
            _trained[part] = known = (key, train());
        }

        return (T)known.Trained;
    }
}
