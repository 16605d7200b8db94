namespace MlKit.Recommendation.Data;

/// <summary>What is known of an item beside its interactions.</summary>
/// <param name="Title">Display name; empty where unknown.</param>
/// <param name="Genres">Categories; empty where unknown.</param>
/// <param name="ReleaseYear">Year of release, or null where unknown.</param>
public sealed record ItemDetails(string Title, IReadOnlyList<string> Genres, int? ReleaseYear)
{
    /// <summary>Stands for an item of which nothing is known.</summary>
    public static ItemDetails Unknown { get; } = new("", [], null);
}
