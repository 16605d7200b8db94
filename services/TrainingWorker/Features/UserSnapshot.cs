namespace MlKit.TrainingWorker.Features;

/// <summary>What was known of a user after the event at <see cref="Time"/>.</summary>
internal sealed record UserSnapshot
{
    public required int User { get; init; }

    /// <summary>Time of the newest event that is counted.</summary>
    public required DateTimeOffset Time { get; init; }

    public required long EventCount { get; init; }

    public required double MeanValue { get; init; }

    /// <summary>Distinct items, newest first, at most <see cref="MlKit.Features.RecommenderFeatures.SeenItemsCap"/>.</summary>
    public required string[] SeenItems { get; init; }

    /// <summary>The newest events, newest first, at most <see cref="MlKit.Features.RecommenderFeatures.LastItemsCap"/>.</summary>
    public required string[] LastItems { get; init; }

    public required DateTimeOffset[] LastItemTimes { get; init; }

    /// <summary>Mean of ln(1 + events) of the items, each taken just before the user met it.</summary>
    public required double MeanItemPopularity { get; init; }

    public required string[] Genres { get; init; }

    public required double[] GenreWeights { get; init; }
}
