using System.Globalization;
using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Judging;

/// <summary>
/// Looks for features that know the future. What a feature may be is computed anew from the events before the cut of a
/// case: a user's features must be exactly that, an item's may lag behind but never run ahead. Models of the first stage
/// must not have seen what the cases ask for.
/// </summary>
internal static class LeakCheck
{
    private const int Sample = 300;
    private const double Tolerance = 1e-4;

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

        RankingCase[] all = [.. task.Cases, .. cut.Tuning, .. cut.Learning];
        RankingCase[] cases = [.. all.Where((_, at) => at % Math.Max(1, all.Length / Sample) == 0)];
        var users = await features.UsersAsync(cases, cancellationToken);
        var items = await features.ItemsAsync(cases, [.. cases.Select(one => one.Positives)], cancellationToken);
        var known = task.Training.ToDataSet();
        return cases.Select((one, at) => Compare(known, one, users[at], items[at])).FirstOrDefault(found => found is not null);
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

    private static string? Compare(DataSet known, RankingCase one, UserState user, ItemState[] items)
    {
        var before = known.Interactions.Where(e => e.User == one.User && e.Timestamp < one.Cut).ToArray();
        string Where(string name, object found, object allowed) => string.Create(CultureInfo.InvariantCulture,
            $"feature {name} of user {known.UserIds[one.User]} at {DateTimeOffset.FromUnixTimeSeconds(one.Cut):O} is {found}; the events before give {allowed}");
        if (user.EventCount != before.Length)
        {
            return Where("event_count", user.EventCount, before.Length);
        }

        if (user.LastEventTime is { } last && last.ToUnixTimeSeconds() >= one.Cut)
        {
            return Where("last_item_times", last, "an earlier time");
        }

        var mean = before.Length == 0 ? 0 : before.Average(e => e.Value);
        if (before.Length > 0 && !(Math.Abs(user.MeanValue - mean) < Tolerance))
        {
            return Where("mean_value", user.MeanValue, mean);
        }

        var genres = before.Length == 0 ? 0 : before.Sum(e => known.Items[e.Item].Genres.Count) / (double)before.Length;
        if (before.Length > 0 && !(Math.Abs(user.GenreWeights.Sum() - genres) < Tolerance))
        {
            return Where("genre_weights", user.GenreWeights.Sum(), genres);
        }

        return one.Positives.Select((item, at) => Compare(known, one, item, items[at])).FirstOrDefault(found => found is not null);
    }

    private static string? Compare(DataSet known, RankingCase one, int item, ItemState state)
    {
        var before = known.Interactions.Where(e => e.Item == item && e.Timestamp < one.Cut).ToArray();
        string? Ahead(string name, long found) => found <= before.Length ? null : string.Create(CultureInfo.InvariantCulture,
            $"feature {name} of item {known.ItemIds[item]} at {DateTimeOffset.FromUnixTimeSeconds(one.Cut):O} is {found}; only {before.Length} events lie before");
        return Ahead("event_count", state.EventCount) ?? Ahead("recent_count", state.RecentCount)
            ?? (state.FirstEventTime is { } first && first.ToUnixTimeSeconds() >= one.Cut ? Ahead("first_event_time", long.MaxValue) : null);
    }
}
