using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>What tuning chose.</summary>
/// <param name="Options">Parameters and the weights of the blend.</param>
/// <param name="OrderFreeWeights">Weights of the best blend of parts that read no order.</param>
/// <param name="Quality">Quality of the blend on the tuning cases, see <see cref="TuningBoard.Quality"/>.</param>
internal sealed record TunedRetrieval(RetrievalOptions Options, IReadOnlyDictionary<string, double> OrderFreeWeights, double Quality)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"EASE lambda {Options.EaseLambda}, half-life {Options.EaseHalfLife}; next item lambda {Options.NextLambda}, half-life {Options.NextHalfLife}; "
        + $"transitions half-life {Options.TransitionHalfLife}; neighbours shrink {Options.NeighbourShrink}, half-life {Options.NeighbourHalfLife}; "
        + $"factors {Options.Factors?.Dimensions ?? 0}, alpha {Options.Factors?.Alpha}, lambda {Options.Factors?.Lambda}; genres half-life {Options.GenreHalfLife}; "
        + $"weights {Text(Options.Weights)}; order-free {Text(OrderFreeWeights)}");

    private static string Text(IReadOnlyDictionary<string, double> weights) => string.Join(
        ' ', weights.Where(one => one.Value != 0).Select(one => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{one.Key}={one.Value}")));
}

/// <summary>
/// Chooses the parameters of the retrieval model on the tuning cases: each part alone by climbing along a grid from a
/// usual value, then the weights. The same rules hold for every data set.
/// </summary>
internal sealed class RetrievalTuner(
    RetrievalTrainer trainer, TuningBoard board, bool inOrder, Checkpoint checkpoint, CancellationToken cancellationToken)
{
    private const int LargeData = 500_000;
    private static readonly double[] Lambdas = [5, 20, 50, 100, 200, 400, 800, 1600];
    private static readonly double[] NextLambdas = [1, 3, 10, 30, 100, 300];
    private static readonly double[] Alphas = [0.003, 0.01, 0.03, 0.1, 0.3, 1];
    private static readonly double[] FactorLambdas = [0.001, 0.003, 0.007, 0.02, 0.05];
    private static readonly double[] Shrinks = [0, 5, 20, 50, 100];
    private static readonly double[] HalfLives = [0.7, 1, 1.5, 2, 3, 5, 8, 12, 20, 50, 200];

    private RetrievalOptions _options = new();
    private int _climbs;

    /// <summary>Tunes everything.</summary>
    /// <param name="start">What is fixed, and where the search starts.</param>
    /// <param name="events">Number of events; large data get longer vectors.</param>
    public TunedRetrieval Tune(RetrievalOptions start, int events)
    {
        _options = start;
        if (board.Cases > 0)
        {
            TuneParts();
        }

        // Short vectors order the parameters as long ones do, and are searched in a fraction of the time.
        if (_options.Factors is { } factors)
        {
            _options = _options with { Factors = factors with { Dimensions = events >= LargeData ? 128 : 64, Sweeps = 12 } };
        }

        if (board.Cases == 0)
        {
            return new TunedRetrieval(_options, new Dictionary<string, double> { [ComponentNames.Ease] = 1 }, 0);
        }

        var parts = new Dictionary<string, float[][]>();
        foreach (var name in ComponentNames.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (trainer.Scorer(name, _options) is { } scorer)
            {
                parts[name] = board.Scores(scorer);
            }
        }

        var free = BlendSearch.Find(board, parts.Where(part => ComponentNames.OrderFree.Contains(part.Key)).ToDictionary());
        var all = inOrder ? BlendSearch.Find(board, parts) : free;
        return new TunedRetrieval(_options with { Weights = all.Weights }, free.Weights, all.Quality);
    }

    private void TuneParts()
    {
        Climb(ComponentNames.Ease, Lambdas, _options.EaseLambda, (o, value) => o with { EaseLambda = value });
        Climb(ComponentNames.Neighbours, Shrinks, _options.NeighbourShrink, (o, value) => o with { NeighbourShrink = value });
        if (inOrder)
        {
            Climb(ComponentNames.EaseRecent, HalfLives, _options.EaseHalfLife, (o, value) => o with { EaseHalfLife = value });
            Climb(ComponentNames.NeighboursRecent, HalfLives, _options.NeighbourHalfLife, (o, value) => o with { NeighbourHalfLife = value });
            Climb(ComponentNames.Transitions, HalfLives, _options.TransitionHalfLife, (o, value) => o with { TransitionHalfLife = value });
            Climb(ComponentNames.Next, NextLambdas, _options.NextLambda, (o, value) => o with { NextLambda = value });
            Climb(ComponentNames.Next, [1, 1.5, 2, 3, 5], _options.NextHalfLife, (o, value) => o with { NextHalfLife = value });
            Climb(ComponentNames.Popularity, [3, 10, 30, 60, 180, 5000], _options.PopularityHalfLife.TotalDays, (o, value) => o with { PopularityHalfLife = TimeSpan.FromDays(value) });
            Climb(ComponentNames.Genres, HalfLives, _options.GenreHalfLife, (o, value) => o with { GenreHalfLife = value });
        }

        if (_options.Factors is { } factors)
        {
            _options = _options with { Factors = factors with { Dimensions = 32, Sweeps = 8 } };
            Climb(ComponentNames.Factors, Alphas, factors.Alpha, (o, value) => o with { Factors = o.Factors! with { Alpha = value } });
            Climb(ComponentNames.Factors, FactorLambdas, factors.Lambda, (o, value) => o with { Factors = o.Factors! with { Lambda = value } });
        }
    }

    /// <summary>Walks along the grid from the entry nearest to <paramref name="start"/> for as long as the part gets better.</summary>
    private void Climb(string part, double[] grid, double start, Func<RetrievalOptions, double, RetrievalOptions> with)
    {
        var found = checkpoint.Resume($"climb-{++_climbs}-{part}", () => new Climbed(Best(part, grid, start, with)));
        _options = with(_options, found.Value);
    }

    private double Best(string part, double[] grid, double start, Func<RetrievalOptions, double, RetrievalOptions> with)
    {
        var quality = new double?[grid.Length];
        double At(int at) => quality[at] ??= Quality(part, with(_options, grid[at]));
        var best = Enumerable.Range(0, grid.Length).MinBy(at => Math.Abs(grid[at] - start));
        foreach (var step in (int[])[1, -1])
        {
            while (best + step >= 0 && best + step < grid.Length && At(best + step) > At(best))
            {
                best += step;
            }
        }

        return grid[best];
    }

    private double Quality(string part, RetrievalOptions options)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scorer = trainer.Scorer(part, options);
        return scorer is null ? 0 : board.Quality(board.Scores(scorer));
    }

    /// <summary>Where a climb ended.</summary>
    private sealed record Climbed(double Value);
}
