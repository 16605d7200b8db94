using System.Diagnostics;
using MlKit.Features;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Judging;

/// <summary>What was measured of the exported files.</summary>
/// <param name="RetrievalDifference">Largest difference to the trainer's retrieval scores.</param>
/// <param name="RankingDifference">Largest difference to the trainer's ranking scores.</param>
/// <param name="NotFinite">The first score that is no number, in words, or null.</param>
/// <param name="LatencyMs">95th percentile of one whole answer.</param>
/// <param name="Columns">Columns that the ranking model's file names.</param>
/// <param name="SchemaHash">Their hash as the file tells it.</param>
internal sealed record ExportFinding(
    double RetrievalDifference, double RankingDifference, string? NotFinite, double LatencyMs, IReadOnlyList<string> Columns, string SchemaHash);

/// <summary>Runs the exported models on some cases and compares each score with the trainer's own.</summary>
internal static class ExportProbe
{
    private const int Cases = 50;
    private const int Candidates = 200;
    private const float Masked = -1e38f;

    public static ExportFinding Look(TrainingArtifacts made, TrainingResult result, IReadOnlyList<RankingCase> cases)
    {
        using var retrieval = new OnnxRetrieval(made.RetrievalOnnx);
        using var ranker = new OnnxRanker(made.RankerOnnx);
        var model = made.Retrieval;
        var data = model.ItemIds.Select((id, index) => (id, index)).ToDictionary(pair => pair.id, pair => pair.index, StringComparer.Ordinal);
        var finding = new ExportFinding(0, 0, null, 0, ranker.Schema.Names, ranker.SchemaHash);
        var times = new List<double>();
        var scores = model.NewScores();
        foreach (var one in cases.Take(Cases))
        {
            string[] history = [.. one.History.Reverse().Select(e => made.ItemIds[e.Item])];
            var start = Stopwatch.GetTimestamp();
            var found = retrieval.Find(history, Candidates);
            var rows = RankingRow.Build(result.Schema, retrieval.Components, UserState.Unknown, found, _ => null);
            var ranked = ranker.Score(rows);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            model.Score(one.History, scores);
            finding = Compare(finding, found, ranked, rows, scores, data, result);
        }

        times.Sort();
        return finding with { LatencyMs = times.Count == 0 ? 0 : times[Math.Min(times.Count - 1, (int)(times.Count * 0.95))] };
    }

    private static ExportFinding Compare(
        ExportFinding finding, Candidate[] found, float[] ranked, float[] rows, RetrievalScores scores,
        Dictionary<string, int> index, TrainingResult result)
    {
        for (var at = 0; at < found.Length; at++)
        {
            var own = result.Ranker.Trees.Score(rows.AsSpan(at * result.Schema.Width, result.Schema.Width));
            if (!float.IsFinite(found[at].Score) || !float.IsFinite(ranked[at]))
            {
                finding = finding with { NotFinite = finding.NotFinite ?? $"item {found[at].ItemId} scores {found[at].Score} in retrieval and {ranked[at]} in ranking" };
            }

            var retrieval = found[at].Score > Masked ? Math.Abs(found[at].Score - scores.Total[index[found[at].ItemId]]) : 0;
            finding = finding with
            {
                RetrievalDifference = Math.Max(finding.RetrievalDifference, retrieval),
                RankingDifference = Math.Max(finding.RankingDifference, Math.Abs(ranked[at] - own)),
            };
        }

        return finding;
    }
}
