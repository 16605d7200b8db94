using System.Globalization;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Registry;

/// <summary>What a training writes into its MLflow run.</summary>
internal static class RunLog
{
    public const string RankerTag = "mlkit.ranker";
    public const string GateTag = "mlkit.gate";

    public static IReadOnlyList<Param> DataParams(DataSet data) =>
    [
        new("data.name", data.Name),
        new("data.users", Text(data.UserIds.Length)),
        new("data.items", Text(data.ItemIds.Length)),
        new("data.interactions", Text(data.Interactions.Length)),
        new("data.first_event", Time(data, data.Interactions[0])),
        new("data.last_event", Time(data, data.Interactions[^1])),
        new("data.fingerprint", data.Fingerprint),
    ];

    public static IReadOnlyList<Param> ModelParams(TrainingResult result) =>
    [
        new("retrieval.items", Text(result.Retrieval.Items.Count)),
        new("retrieval.lambda", Text(result.Retrieval.Options.Lambda)),
        new("retrieval.ease_half_life", Text(result.Retrieval.Options.EaseHalfLife)),
        new("retrieval.transition_half_life", Text(result.Retrieval.Options.TransitionHalfLife)),
        new("retrieval.transition_weight", Text(result.Retrieval.Options.TransitionWeight)),
        new("ranker.kind", Name(result)),
        new("ranker.trees", Text(result.RankerOptions.Trees)),
        new("ranker.leaves", Text(result.RankerOptions.Leaves)),
        new("ranker.learning_rate", Text(result.RankerOptions.LearningRate)),
        new("ranker.rows_per_leaf", Text(result.RankerOptions.RowsPerLeaf)),
        new("ranker.seed", Text(result.RankerOptions.Seed)),
        new("ranker.rows", Text(result.RankingRows)),
        new("evaluation.protocol", "latest-out, full ranking, ties count half"),
    ];

    /// <summary>
    /// <c>hr_at_10</c> and <c>ndcg_at_10</c> of the whole pipeline, the same of each stage with its name in front
    /// ("@" is not allowed in MLflow's names), and <c>seconds_STAGE</c>.
    /// </summary>
    public static IReadOnlyList<Metric> Metrics(TrainingResult result, IReadOnlyDictionary<string, TimeSpan> durations, long now)
    {
        var metrics = new List<Metric>
        {
            new("hr_at_10", result.Pipeline.HitRateAt10, now),
            new("ndcg_at_10", result.Pipeline.NdcgAt10, now),
            new("evaluated_users", result.Pipeline.Users, now),
            new("training_cut_ndcg_at_10", result.TuningNdcg, now),
        };
        foreach (var (stage, value) in result.Stages)
        {
            metrics.Add(new Metric($"{stage}_hr_at_10", value.HitRateAt10, now));
            metrics.Add(new Metric($"{stage}_ndcg_at_10", value.NdcgAt10, now));
        }

        metrics.AddRange(durations.Select(stage => new Metric($"seconds_{stage.Key}", stage.Value.TotalSeconds, now)));
        return metrics;
    }

    public static string Name(TrainingResult result) => result.Ranker.Kind.ToString().ToLowerInvariant();

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Time(DataSet data, Interaction one) => data.HasClock
        ? DateTimeOffset.FromUnixTimeSeconds(one.Timestamp).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "no clock: order of lines";
}
