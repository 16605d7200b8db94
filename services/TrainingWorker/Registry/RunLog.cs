using System.Globalization;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;
using MlKit.Recommendation.Search;
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
        .. data.Dropped.Select(one => new Param($"data.dropped.{one.Key.Replace(' ', '_')}", Text(one.Value))),
        new("environment.framework", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription),
        new("environment.system", System.Runtime.InteropServices.RuntimeInformation.OSDescription),
        new("environment.cores", Text(Environment.ProcessorCount)),
        new("code.revision", Revision()),
    ];

    /// <summary>The commit that the worker was built from, as the SDK writes it into the assembly; "unknown" outside of Git.</summary>
    private static string Revision() =>
        typeof(RunLog).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), false)
            .OfType<System.Reflection.AssemblyInformationalVersionAttribute>().FirstOrDefault()?.InformationalVersion.Split('+') is [_, var revision]
            ? revision
            : "unknown";

    public static IReadOnlyList<Param> ModelParams(TrainingResult result) =>
    [
        new("retrieval.items", Text(result.Retrieval.Items.Count)),
        .. RetrievalParams(result.Retrieval.Options),
        new("ranker.kind", Name(result)),
        new("ranker.trees", Text(result.RankerOptions.Trees)),
        new("ranker.leaves", Text(result.RankerOptions.Leaves)),
        new("ranker.learning_rate", Text(result.RankerOptions.LearningRate)),
        new("ranker.rows_per_leaf", Text(result.RankerOptions.RowsPerLeaf)),
        new("ranker.seed", Text(result.RankerOptions.Seed)),
        new("ranker.rows", Text(result.RankingRows)),
        new("evaluation.protocol", "latest-out, full ranking, ties count half"),
    ];

    /// <summary>The trials of the parameter search, each with its point, its quality by budget and whether it was the chosen one.</summary>
    public static IReadOnlyList<PackagedTrial> Trials(TrainingResult result, long now)
    {
        var best = SuccessiveHalving.Best(result.Trials).Number;
        return [.. result.Trials.Select(trial => new PackagedTrial
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"trial-{trial.Number}"),
            Params = [.. trial.Values.Select(value => new Param($"ranker.{value.Key}", Text(value.Value))), new Param("chosen", trial.Number == best ? "yes" : "no")],
            Metrics = [.. trial.Scores.Select(score => new Metric("tuning_ndcg_at_10", score.Score, now, score.Budget))],
        })];
    }

    private static IEnumerable<Param> RetrievalParams(RetrievalOptions options) =>
    [
        new("retrieval.dense_items", Text(options.DenseItems)),
        new("retrieval.ease_lambda", Text(options.EaseLambda)),
        new("retrieval.ease_half_life", Text(options.EaseHalfLife)),
        new("retrieval.next_lambda", Text(options.NextLambda)),
        new("retrieval.next_half_life", Text(options.NextHalfLife)),
        new("retrieval.transition_half_life", Text(options.TransitionHalfLife)),
        new("retrieval.neighbour_shrink", Text(options.NeighbourShrink)),
        new("retrieval.neighbour_half_life", Text(options.NeighbourHalfLife)),
        new("retrieval.genre_half_life", Text(options.GenreHalfLife)),
        new("retrieval.factor_dimensions", Text(options.Factors?.Dimensions ?? 0)),
        new("retrieval.factor_alpha", Text(options.Factors?.Alpha ?? 0)),
        new("retrieval.factor_lambda", Text(options.Factors?.Lambda ?? 0)),
        new("retrieval.candidates.blend", Text(options.BlendCandidates)),
        .. options.CandidateSources.Select(source => new Param($"retrieval.candidates.{source.Key}", Text(source.Value))),
        .. options.Weights.Select(weight => new Param($"retrieval.weight.{weight.Key}", Text(weight.Value))),
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
            new("evaluated_users", result.Pipeline.Users.Count, now),
            new("tuning_quality", result.Tuned.Quality, now),
        };
        foreach (var (stage, value) in result.Stages)
        {
            metrics.Add(new Metric($"{stage}_hr_at_10", value.HitRateAt10, now));
            metrics.Add(new Metric($"{stage}_ndcg_at_10", value.NdcgAt10, now));
        }

        metrics.AddRange(durations.Select(stage => new Metric($"seconds_{stage.Key}", stage.Value.TotalSeconds, now)));
        metrics.AddRange(result.LearningCurve.Select(point => new Metric("tuning_ndcg_at_10", point.Ndcg, now, point.Trees)));
        return metrics;
    }

    public static string Name(TrainingResult result) => result.Ranker.Kind.ToString().ToLowerInvariant();

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Time(DataSet data, Interaction one) => data.HasClock
        ? DateTimeOffset.FromUnixTimeSeconds(one.Timestamp).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "no clock: order of lines";
}
