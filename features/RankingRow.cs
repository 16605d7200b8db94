namespace MlKit.Features;

/// <summary>
/// Builds the rows that the ranking model reads. The worker (training) and the API (serving) both use this class, so
/// a feature cannot mean two things. Nothing depends on the clock of the machine: "now" is the time of the user's
/// newest event, which is the same in training and in serving.
/// </summary>
public static class RankingRow
{
    private const double SecondsPerDay = 86_400;

    /// <summary>Builds all rows of one user.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="components">Names of the components of the candidates, in order; a column of another one is 0.</param>
    /// <param name="user">The user's features; <see cref="UserState.Unknown"/> where the store has none.</param>
    /// <param name="candidates">Candidates in the order of the retrieval model (best first), seen items left out.</param>
    /// <param name="item">Features of an item by id; null where the store has none.</param>
    /// <returns>Row-major [candidates, width of the schema], every value finite.</returns>
    public static float[] Build(
        RankingSchema schema, IReadOnlyList<string> components, UserState user, IReadOnlyList<Candidate> candidates,
        Func<string, ItemState?> item)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(item);
        var rows = new float[candidates.Count * schema.Width];
        var states = candidates.Select(one => item(one.ItemId) ?? ItemState.Unknown).ToArray();
        var tastes = Tastes(user);
        for (var column = 0; column < schema.Width; column++)
        {
            Fill(schema.Names[column], components, user, candidates, states, tastes, (row, value) =>
                rows[(row * schema.Width) + column] = Finite(value));
        }

        return rows;
    }

    private static void Fill(
        string name, IReadOnlyList<string> components, UserState user, IReadOnlyList<Candidate> candidates,
        ItemState[] states, Dictionary<string, double> tastes, Action<int, double> set)
    {
        if (RankingSchema.TryComponent(name, out var component, out var ending) && components.Contains(component))
        {
            ListColumn.Fill(candidates, IndexOf(components, component), ending, set);
            return;
        }

        for (var row = 0; row < candidates.Count; row++)
        {
            set(row, name switch
            {
                "retrieval_score" => candidates[row].Score,
                "retrieval_rank_log" => Math.Log(1 + row),
                "retrieval_gap" => candidates[row].Score - candidates[0].Score,
                "user_event_count_log" => Math.Log(1 + Math.Max(0, user.EventCount)),
                "user_mean_value" => user.MeanValue,
                "genre_affinity" => states[row].Genres.Sum(genre => tastes.GetValueOrDefault(genre)) / Math.Sqrt(Math.Max(1, states[row].Genres.Count)),
                _ => OfClock(name, user, states[row]),
            });
        }
    }

    private static double OfClock(string name, UserState user, ItemState item)
    {
        var popularity = Math.Log(1 + Math.Max(0, item.EventCount));
        return name switch
        {
            "item_popularity_log" => popularity,
            "item_recent_log" => Math.Log(1 + Math.Max(0, item.RecentCount)),
            "item_trend" => item.EventCount > 0 ? item.RecentCount / (double)item.EventCount : 0,
            "item_mean_value" => item.MeanValue,
            "item_age_years" => item.ReleaseYear is > 0 && user.LastEventTime is { } now ? now.Year - item.ReleaseYear.Value : -1,
            "item_days_known_log" => user.LastEventTime is { } last && item.FirstEventTime is { } first
                ? Math.Log(1 + Math.Max(0, (last - first).TotalSeconds / SecondsPerDay))
                : -1,
            "popularity_gap" => popularity - user.MeanItemPopularity,
            "hour" => user.LastEventTime is { } time ? time.UtcDateTime.Hour : -1,
            "weekday" => user.LastEventTime is { } day ? (int)day.UtcDateTime.DayOfWeek : -1,
            _ => 0,
        };
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        var at = 0;
        while (names[at] != name)
        {
            at++;
        }

        return at;
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

    private static float Finite(double value) => float.IsFinite((float)value) ? (float)value : 0;
}
