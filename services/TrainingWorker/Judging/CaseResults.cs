using System.Globalization;
using System.Text;
using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Judging;

/// <summary>
/// Metrics by case as a file of the run. The next training compares itself with its champion by them, on the cases that
/// both were judged on: neither has seen the held-out item, which cannot be said of a champion that is asked again.
/// </summary>
internal static class CaseResults
{
    public const string File = "evaluation/cases.tsv";

    public static byte[] Write(EvaluationTask task, EvaluationResult result)
    {
        var data = task.Training.Data;
        var text = new StringBuilder("user\titem\thr@10\tndcg@10\tprecision@10\trecall@10\tmrr\n");
        for (var at = 0; at < task.Cases.Count; at++)
        {
            var one = result.Users[at];
            text.Append(CultureInfo.InvariantCulture,
                $"{data.UserIds[one.User]}\t{data.ItemIds[task.Cases[at].Positives[0]]}\t{one.HitRate:R}\t{one.Ndcg:R}\t{one.Precision:R}\t{one.Recall:R}\t{one.ReciprocalRank:R}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The champion's metrics for the cases of a task, null where it was not judged on that case; null if on none.</summary>
    public static UserMetrics?[]? Match(EvaluationTask task, string champion)
    {
        var data = task.Training.Data;
        var known = champion.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 7).ToDictionary(fields => (fields[0], fields[1]));
        var matched = task.Cases.Select(one => known.TryGetValue((data.UserIds[one.User], data.ItemIds[one.Positives[0]]), out var fields)
            ? new UserMetrics(one.User, Number(fields[2]), Number(fields[3]), Number(fields[4]), Number(fields[5]), Number(fields[6]))
            : (UserMetrics?)null).ToArray();
        return matched.Any(one => one is not null) ? matched : null;
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
