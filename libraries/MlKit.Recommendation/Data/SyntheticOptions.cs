namespace MlKit.Recommendation.Data;

/// <summary>Size and seed of a generated data set.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Equal seeds and sizes give equal data.</summary>
    public int Seed { get; init; } = 20_261;

    /// <summary>Number of users; ids are "1" to "N".</summary>
    public int Users { get; init; } = 2_200;

    /// <summary>Number of items that exist; nearly all are met by somebody; ids are "1" to "N".</summary>
    public int Items { get; init; } = 1_200;

    /// <summary>Mean number of events per user; never under 20 for one user.</summary>
    public int MeanEventsPerUser { get; init; } = 50;

    /// <summary>First second of the data (UTC).</summary>
    public DateTimeOffset Start { get; init; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Length of the data.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(360);

    /// <summary>Chance that an event follows from the one before it (the next part of the same series).</summary>
    public double SeriesShare { get; init; } = 0.35;
}
