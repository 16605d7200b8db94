using MlKit.Feast;

namespace MlKit.Features;

/// <summary>The view <c>user_profile</c>: who a user is and what the user likes.</summary>
[FeatureView(RecommenderFeatures.UserProfile)]
public sealed partial record UserProfileRow
{
    /// <summary>Raw user id.</summary>
    [JoinKey("user", Name = RecommenderFeatures.UserKey)]
    public string User { get; init; } = "";

    /// <summary>When the row was true.</summary>
    [EventTime]
    public DateTimeOffset Time { get; init; }

    /// <summary>Age in years; null where unknown.</summary>
    public long? Age { get; init; }

    /// <summary>As the data set has it; null where unknown.</summary>
    public string? Gender { get; init; }

    /// <summary>As the data set has it; null where unknown.</summary>
    public string? Occupation { get; init; }

    /// <summary>Genres that the user met, paired with <see cref="GenreWeights"/>.</summary>
    public string[]? Genres { get; init; }

    /// <summary>Share of each genre in the user's events.</summary>
    [Feature(Description = "share of each genre in the user's events")]
    public double[]? GenreWeights { get; init; }

    /// <summary>Mean of ln(1 + events) over the items met.</summary>
    [Feature(Description = "mean ln(1 + events) of the items when met")]
    public double? MeanItemPopularity { get; init; }
}
