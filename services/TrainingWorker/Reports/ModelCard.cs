using System.Globalization;
using System.Text;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Gates;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Reports;

/// <summary>One page about a model for whoever has to decide about it.</summary>
internal static class ModelCard
{
    public static string Write(EvaluationTask task, TrainingResult result, IReadOnlyList<GateReport> gates)
    {
        var data = task.Training.Data;
        var quality = ListQuality.Of(task, result.Lists);
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"# Recommender trained on {Path.GetFileName(data.Name.TrimEnd('/'))}\n");
        Line($"Retrieval: a blend of {result.Retrieval.Components.Count} parts over {result.Retrieval.Items.Count} items. {result.Tuned}.\n");
        Line($"Ranking: {result.Ranker.Kind} LambdaRank, {result.RankerOptions.Trees} trees of {result.RankerOptions.Leaves} leaves, {result.Schema.Width} columns, {result.RankingRows} rows.\n");
        Line($"Data: {data.Interactions.Length} events, {data.UserIds.Length} users, {data.ItemIds.Length} items, fingerprint `{data.Fingerprint[..16]}`.\n");
        Line($"## Quality ({ProtocolNames.Of(task.Protocol)}, {task.Cases.Count} users)\n");
        Line($"| model | HR@10 | NDCG@10 |\n|---|---|---|");
        foreach (var (stage, metrics) in result.Stages.OrderBy(stage => stage.Value.NdcgAt10))
        {
            Line($"| {stage} | {metrics.HitRateAt10:0.0000} | {metrics.NdcgAt10:0.0000} |");
        }

        var interval = Bootstrap.Mean([.. result.Pipeline.Users.Select(one => one.Ndcg)]);
        Line($"\nNDCG@10 of the pipeline: {interval.Lower:0.0000} to {interval.Upper:0.0000} (95 %). Lists cover {quality.Coverage:0.0 %} of the items, novelty {quality.Novelty:0.0} bits, distance of genres from the history {quality.Calibration:0.000}.\n");
        Line($"## Gates\n");
        foreach (var gate in gates)
        {
            Line($"- {(gate.Outcome.Passed ? "passed" : "REFUSED")}: {gate.Name}: {gate.Outcome.Detail}");
        }

        Line($"\n## Limits\n\nThe model knows items that somebody met; new items are unknown until the next training. Users without a known item get popular ones. Offline figures say how well held-out events are found, not what a list changes.");
        return text.ToString();
    }
}
