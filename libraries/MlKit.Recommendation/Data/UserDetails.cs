namespace MlKit.Recommendation.Data;

/// <summary>What is known of a user beside the interactions.</summary>
/// <param name="Age">Years (MovieLens 1M gives the lower bound of an age group), or null where unknown.</param>
/// <param name="Gender">As in the data; empty where unknown.</param>
/// <param name="Occupation">Name or code as in the data; empty where unknown.</param>
public sealed record UserDetails(int? Age, string Gender, string Occupation)
{
    /// <summary>Stands for a user of whom nothing is known.</summary>
    public static UserDetails Unknown { get; } = new(null, "", "");
}
