using System.Security.Cryptography;
using System.Text;

namespace MlKit.Features;

/// <summary>
/// Builds the rows that the ranking model reads. The worker (training) and the API (serving) both use this class, so
/// a feature cannot mean two things. Nothing depends on the clock of the machine: "now" is the time of the user's
/// newest event, which is the same in training and in serving.
/// </summary>
public static class RankingRow
{
    private const double SecondsPerDay = 86_400;

    /// <summary>Column names in order; also in the model's metadata <c>mlkit.features</c>.</summary>
    public static IReadOnlyList<string> FeatureNames { get; } =
    [
        "retrieval_score", "retrieval_rank_log", "retrieval_gap", "ease_score", "transition_score",
        "item_popularity_log", "item_recent_log", "item_trend", "item_mean_value", "item_age_years",
        "item_days_known_log", "genre_affinity", "popularity_gap", "user_event_count_log", "user_mean_value",
    ];

    /// <summary>SHA-256 (hex) over names, order and meaning; also in the model's metadata <c>mlkit.feature_schema_hash</c>.</summary>
    public static string SchemaHash { get; } = Hash();

    /// <summary>Number of columns.</summary>
    public static int Width => FeatureNames.Count;

    /// <summary>Builds all rows of one user.</summary>
    /// <param name="user">The user's features; <see cref="UserState.Unknown"/> where the store has none.</param>
    /// <param name="candidates">Candidates in the order of the retrieval model (best first), seen items left out.</param>
    /// <param name="item">Features of an item by id; null where the store has none.</param>
    /// <returns>Row-major [candidates, <see cref="Width"/>], every value finite.</returns>
    public static float[] Build(UserState user, IReadOnlyList<Candidate> candidates, Func<string, ItemState?> item)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(item);
        var rows = new float[candidates.Count * Width];
        var tastes = Tastes(user);
        for (var rank = 0; rank < candidates.Count; rank++)
        {
            var candidate = candidates[rank];
            var row = rows.AsSpan(rank * Width, Width);
            row[0] = candidate.Score;
            row[1] = MathF.Log(1 + rank);
            row[2] = candidate.Score - candidates[0].Score;
            row[3] = candidate.Ease;
            row[4] = candidate.Transitions;
            FillItem(row[5..], user, item(candidate.ItemId) ?? ItemState.Unknown, tastes);
        }

        return rows;
    }

    private static void FillItem(Span<float> row, UserState user, ItemState item, Dictionary<string, double> tastes)
    {
        var popularity = Math.Log(1 + Math.Max(0, item.EventCount));
        row[0] = (float)popularity;
        row[1] = (float)Math.Log(1 + Math.Max(0, item.RecentCount));
        row[2] = item.EventCount > 0 ? item.RecentCount / (float)item.EventCount : 0;
        row[3] = Finite(item.MeanValue);
        row[4] = item.ReleaseYear is > 0 && user.LastEventTime is { } now ? now.Year - item.ReleaseYear.Value : -1;
        row[5] = user.LastEventTime is { } last && item.FirstEventTime is { } first
            ? (float)Math.Log(1 + Math.Max(0, (last - first).TotalSeconds / SecondsPerDay))
            : -1;
        row[6] = (float)item.Genres.Sum(genre => tastes.GetValueOrDefault(genre)) / MathF.Sqrt(Math.Max(1, item.Genres.Count));
        row[7] = Finite(popularity - user.MeanItemPopularity);
        row[8] = (float)Math.Log(1 + Math.Max(0, user.EventCount));
        row[9] = Finite(user.MeanValue);
    }

    private static Dictionary<string, double> Tastes(UserState user)
    {
        var tastes = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(user.Genres.Count, user.GenreWeights.Count); i++)
        {
            tastes[user.Genres[i]] = Finite(user.GenreWeights[i]);
        }

        return tastes;
    }

    private static float Finite(double value) => double.IsFinite(value) ? (float)value : 0;

    private static string Hash()
    {
        // Raise the version when a column keeps its name but changes its meaning.
        const string version = "1";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version + "\n" + string.Join('\n', FeatureNames))));
    }
}
