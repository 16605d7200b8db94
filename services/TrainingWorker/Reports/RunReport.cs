using System.Globalization;
using System.Text;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Gates;
using MlKit.TrainingWorker.Judging;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Reports;

/// <summary>The files that explain a run: plots, results by case and slice, gate findings, model card.</summary>
internal static class RunReport
{
    /// <summary>Bytes by path below the run's artifacts.</summary>
    public static Dictionary<string, byte[]> Of(EvaluationTask task, TrainingResult result, IReadOnlyList<Slice> slices, IReadOnlyList<GateReport> gates)
    {
        var bars = slices.Where(slice => slice.Share >= Slices.JudgedShare).Select(slice => Bar(slice, result.Pipeline)).ToArray();
        var files = new Dictionary<string, string>
        {
            ["plots/learning_curve.svg"] = SvgChart.Line(
                "Ranking model on the tuning cases", "trees", "NDCG@10", [.. result.LearningCurve.Select(point => ((double)point.Trees, point.Ndcg))]),
            ["plots/slices.svg"] = SvgChart.Bars("NDCG@10 by slice, 95 % interval", bars),
            ["plots/popularity_bias.svg"] = SvgChart.Bars("Share of listed items by popularity of the item", PopularityBias(task, result)),
            ["evaluation/slices.tsv"] = SliceTable(slices, result.Pipeline),
            ["gate/findings.md"] = string.Concat(gates.Select(gate => $"- {(gate.Outcome.Passed ? "passed" : "REFUSED")}: **{gate.Name}**: {gate.Outcome.Detail}\n")),
            ["model_card.md"] = ModelCard.Write(task, result, gates),
        };
        var bytes = files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value));
        bytes[CaseResults.File] = CaseResults.Write(task, result.Pipeline);
        return bytes;
    }

    private static (string Name, double Value, double Lower, double Upper) Bar(Slice slice, EvaluationResult result)
    {
        var interval = Bootstrap.Mean([.. slice.Cases.Select(at => result.Users[at].Ndcg)]);
        return (slice.Name, interval.Mean, interval.Lower, interval.Upper);
    }

    private static string SliceTable(IReadOnlyList<Slice> slices, EvaluationResult result)
    {
        var text = new StringBuilder("slice\tshare\tcases\thr@10\tndcg@10\tndcg@10 lower\tndcg@10 upper\n");
        foreach (var slice in slices)
        {
            var (_, mean, lower, upper) = Bar(slice, result);
            text.Append(CultureInfo.InvariantCulture,
                $"{slice.Name}\t{slice.Share:0.0000}\t{slice.Cases.Count}\t{slice.Cases.Average(at => result.Users[at].HitRate):0.0000}\t{mean:0.0000}\t{lower:0.0000}\t{upper:0.0000}\n");
        }

        return text.ToString();
    }

    /// <summary>Tenths of the items by falling popularity: how much of the lists each one gets.</summary>
    private static (string Name, double Value, double Lower, double Upper)[] PopularityBias(EvaluationTask task, TrainingResult result)
    {
        const int tenths = 10;
        var counts = task.Training.ItemCounts();
        var place = Enumerable.Range(0, counts.Length).OrderByDescending(item => counts[item]).Select((item, rank) => (item, rank))
            .ToDictionary(pair => pair.item, pair => pair.rank * tenths / counts.Length);
        var listed = result.Lists.SelectMany(list => list).ToArray();
        return [.. Enumerable.Range(0, tenths).Select(tenth =>
        {
            var share = listed.Length == 0 ? 0 : listed.Count(item => place[item] == tenth) / (double)listed.Length;
            return ($"items {(tenth * 10) + 1}-{(tenth + 1) * 10} %", share, share, share);
        })];
    }
}
