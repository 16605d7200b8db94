using System.Globalization;
using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Judging;

/// <summary>
/// Looks for features that know the future. What every feature may be is computed anew from the events before the cut of a
/// case: a user's features must be exactly that, an item's those of some moment before. Models of the first stage must not
/// have seen what the cases ask for.
/// </summary>
internal static class LeakCheck
{
    private const int Sample = 300;
    private const double Tolerance = 1e-4;
    private static readonly long RecentSeconds = (long)TimeSpan.FromDays(30).TotalSeconds;

    /// <summary>The first feature that knew the future, in words; null where there is none.</summary>
    public static async Task<string?> FindAsync(
        EvaluationTask task, TuningCut cut, IPointInTimeFeatures features, CancellationToken cancellationToken)
    {
        if (Seen(task.Training, task.Cases) is { } inTraining)
        {
            return $"the models that are judged were trained on {inTraining}";
        }

        if (Seen(cut.Training, cut.Tuning.Concat(cut.Learning)) is { } inCut)
        {
            return $"the models that the ranking model learns from were trained on {inCut}";
        }

        if (!task.HasClock)
        {
            return null;
        }

        var cases = Sampled(task, cut);
        var users = await features.UsersAsync(cases, cancellationToken);
        var items = await features.ItemsAsync(cases, [.. cases.Select(one => one.Positives)], cancellationToken);
        var past = new Past(task.Training.ToDataSet());
        return cases.Select((one, at) => Compare(past, one, users[at], items[at])).FirstOrDefault(found => found is not null);
    }

    /// <summary>Evenly spread cases of all three kinds.</summary>
    public static RankingCase[] Sampled(EvaluationTask task, TuningCut cut)
    {
        RankingCase[] all = [.. task.Cases, .. cut.Tuning, .. cut.Learning];
        return [.. all.Where((_, at) => at % Math.Max(1, all.Length / Sample) == 0)];
    }

    private static string? Seen(UserHistories histories, IEnumerable<RankingCase> cases)
    {
        foreach (var one in cases)
        {
            foreach (var seen in histories[one.User])
            {
                if (one.Positives.Contains(seen.Item))
                {
                    return $"item {histories.Data.ItemIds[seen.Item]} of user {histories.Data.UserIds[one.User]}, which a case asks for";
                }
            }
        }

        return null;
    }

    private static string? Compare(Past past, RankingCase one, UserState user, ItemState[] items)
    {
        var before = past.OfUser(one.User, one.Cut);
        string Where(string name, object found, object allowed) => string.Create(CultureInfo.InvariantCulture,
            $"feature {name} of user {past.Data.UserIds[one.User]} at {DateTimeOffset.FromUnixTimeSeconds(one.Cut):O} is {found}; the events before give {allowed}");
        if (user.EventCount != before.Length)
        {
            return Where("event_count", user.EventCount, before.Length);
        }

        if (before.Length > 0)
        {
            var mean = Mean(before);
            if (user.LastEventTime is not { } last || last.ToUnixTimeSeconds() != before[^1].Timestamp)
            {
                return Where("last_item_times", user.LastEventTime ?? (object)"absent", DateTimeOffset.FromUnixTimeSeconds(before[^1].Timestamp));
            }

            if (!Near(user.MeanValue, mean))
            {
                return Where("mean_value", user.MeanValue, mean);
            }

            var popularity = past.MeanPopularity(one.User, before.Length);
            if (!Near(user.MeanItemPopularity, popularity))
            {
                return Where("mean_item_popularity", user.MeanItemPopularity, popularity);
            }

            if (WrongGenre(past.Data, before, user) is { } genre)
            {
                return Where("genre_weights", $"{genre.Found} for {genre.Name}", genre.Allowed);
            }
        }

        return one.Positives.Select((item, at) => Compare(past, one, item, items[at])).FirstOrDefault(found => found is not null);
    }

    private static (string Name, double Found, double Allowed)? WrongGenre(DataSet data, ReadOnlySpan<Interaction> before, UserState user)
    {
        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in before)
        {
            foreach (var genre in data.Items[one.Item].Genres)
            {
                shares[genre] = shares.GetValueOrDefault(genre) + (1.0 / before.Length);
            }
        }

        var told = user.Genres.Zip(user.GenreWeights).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        foreach (var genre in shares.Keys.Union(told.Keys))
        {
            if (!Near(told.GetValueOrDefault(genre), shares.GetValueOrDefault(genre)))
            {
                return (genre, told.GetValueOrDefault(genre), shares.GetValueOrDefault(genre));
            }
        }

        return null;
    }

    /// <summary>
    /// An item's features lag behind: they tell of its first events up to some moment before the cut. How many events that
    /// is, the count says; all else must follow from just those.
    /// </summary>
    private static string? Compare(Past past, RankingCase one, int item, ItemState state)
    {
        var before = past.OfItem(item, one.Cut);
        string Where(string name, object found, string allowed) => string.Create(CultureInfo.InvariantCulture,
            $"feature {name} of item {past.Data.ItemIds[item]} at {DateTimeOffset.FromUnixTimeSeconds(one.Cut):O} is {found}; {allowed}");
        if (state.EventCount > before.Length)
        {
            return Where("event_count", state.EventCount, $"only {before.Length} events lie before");
        }

        var told = before[..(int)state.EventCount];
        var recent = told.Length == 0 ? 0 : CountSince(told, told[^1].Timestamp - RecentSeconds);
        if (state.RecentCount > recent)
        {
            return Where("recent_count", state.RecentCount, $"only {recent} events lie in the 30 days before");
        }

        if (told.Length > 0 && !Near(state.MeanValue, Mean(told)))
        {
            return Where("mean_value", state.MeanValue, string.Create(CultureInfo.InvariantCulture, $"the events before give {Mean(told)}"));
        }

        return state.FirstEventTime is { } first && (told.Length == 0 || first.ToUnixTimeSeconds() != told[0].Timestamp)
            ? Where("first_event_time", first, "the first of the events before has another time")
            : null;
    }

    private static int CountSince(ReadOnlySpan<Interaction> events, long time)
    {
        var count = 0;
        foreach (var one in events)
        {
            count += one.Timestamp >= time ? 1 : 0;
        }

        return count;
    }

    private static double Mean(ReadOnlySpan<Interaction> events)
    {
        var sum = 0.0;
        foreach (var one in events)
        {
            sum += one.Value;
        }

        return sum / events.Length;
    }

    private static bool Near(double found, double allowed) => Math.Abs(found - allowed) < Tolerance;
}
