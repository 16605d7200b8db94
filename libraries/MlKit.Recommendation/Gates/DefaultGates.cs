using System.Globalization;
using MlKit.Recommendation.Evaluation;

namespace MlKit.Recommendation.Gates;

/// <summary>The gates that every model of the kit has to pass. All comparisons are written so that NaN fails.</summary>
public static class DefaultGates
{
    private const double MostRetrievalDifference = 1e-2;
    private const double MostRankingDifference = 1e-5;

    /// <summary>Fewer common cases than this say nothing about a slice.</summary>
    private const int LeastCases = 20;

    private static readonly string[] JudgedMetrics = ["hr@10", "ndcg@10"];

    /// <summary>A model that popularity beats is not worth its keep.</summary>
    [PromotionGate("beats popularity")]
    public static GateOutcome BeatsPopularity(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var lost = JudgedMetrics.Where(name => !(context.Candidate.Means[name] > context.Popularity.Means[name])).ToArray();
        return new GateOutcome(lost.Length == 0, string.Join("; ", JudgedMetrics.Select(name => Text(
            $"{name} {context.Candidate.Means[name]:0.0000} {(lost.Contains(name) ? "does not beat" : "beats")} popularity's {context.Popularity.Means[name]:0.0000}"))));
    }

    /// <summary>
    /// Overall and in each slice of 5 % or more of the users: not worse than the champion beyond chance. Many slices are
    /// looked at, and among many some are always unlucky: what looks worse at 95 % must also be worse at a level at which
    /// all comparisons together are wrong in one training of twenty (Bonferroni).
    /// </summary>
    [PromotionGate("no slice worse than champion")]
    public static GateOutcome KeepsUpWithChampion(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Champion is not { } champion)
        {
            return new GateOutcome(true, "there is no champion to compare with on these cases");
        }

        var all = new Slice("all users", [.. Enumerable.Range(0, champion.Count)], 1);
        var judged = context.Slices.Where(slice => slice.Share >= Slices.JudgedShare).Prepend(all)
            .Select(slice => (slice.Name, Common: slice.Cases.Where(at => champion[at] is not null).ToArray()))
            .Where(slice => slice.Common.Length >= LeastCases).ToArray();
        var worse = judged.SelectMany(slice => JudgedMetrics, (slice, metric) =>
        {
            double[] differences = [.. slice.Common.Select(at =>
                EvaluationResult.Value(context.Candidate.Users[at], metric) - EvaluationResult.Value(champion[at]!.Value, metric))];
            return Worse(differences, judged.Length * JudgedMetrics.Length) is { } found
                ? Text($"{slice.Name}: {metric} {found.Mean:+0.0000;-0.0000} ({found.Lower:+0.0000;-0.0000} to {found.Upper:+0.0000;-0.0000}) against the champion's")
                : null;
        }).OfType<string>().ToArray();
        return new GateOutcome(worse.Length == 0, worse.Length > 0
            ? string.Join("; ", worse)
            : $"{judged.Length} of {context.Slices.Count + 1} slices compared on common cases, none is worse");
    }

    /// <summary>The interval of a mean difference that lies below zero beyond chance, one of so many that are looked at; else null.</summary>
    private static Interval? Worse(double[] differences, int comparisons)
    {
        const int manyDraws = 20_000;
        if (Bootstrap.Mean(differences).Upper >= 0)
        {
            return null;
        }

        var strict = Bootstrap.Mean(differences, confidence: 1 - (0.05 / comparisons), draws: manyDraws);
        return strict.Upper >= 0 ? null : strict;
    }

    /// <summary>Scores that are not numbers order nothing.</summary>
    [PromotionGate("scores finite")]
    public static GateOutcome Finite(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new GateOutcome(context.NotFinite is null, context.NotFinite ?? "all scores that were looked at are finite");
    }

    /// <summary>What is served must be what was judged.</summary>
    [PromotionGate("ONNX equals trainer")]
    public static GateOutcome SameAsTrainer(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new GateOutcome(
            context.RetrievalDifference <= MostRetrievalDifference && context.RankingDifference <= MostRankingDifference,
            Text($"largest difference {context.RetrievalDifference:0.0e0} in retrieval (allowed {MostRetrievalDifference:0.0e0}), {context.RankingDifference:0.0e0} in ranking (allowed {MostRankingDifference:0.0e0})"));
    }

    /// <summary>An answer that comes too late is none.</summary>
    [PromotionGate("latency budget")]
    public static GateOutcome Fast(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new GateOutcome(
            context.LatencyMs <= context.LatencyBudgetMs,
            Text($"p95 of one answer in process {context.LatencyMs:0.0} ms, budget {context.LatencyBudgetMs:0.0} ms"));
    }

    /// <summary>Serving must be able to build the rows that the model reads.</summary>
    [PromotionGate("feature schema known")]
    public static GateOutcome SchemaKnown(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var known = context.KnownSchemas.Contains(context.SchemaHash);
        var told = $"columns {context.SchemaHash[..Math.Min(12, context.SchemaHash.Length)]} are {(known ? "known" : "not known")} to serving";
        return new GateOutcome(known, string.Join("; ", context.SchemaFaults.Prepend(told)));
    }

    /// <summary>A feature that knows the future shines in every evaluation and fails in service.</summary>
    [PromotionGate("no leak")]
    public static GateOutcome NoLeak(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new GateOutcome(context.Leak is null, context.Leak ?? "no feature that was looked at knows the future");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
