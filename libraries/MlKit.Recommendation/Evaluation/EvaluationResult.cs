namespace MlKit.Recommendation.Evaluation;

/// <summary>Metrics of one model by one protocol: means over users, and the users behind them.</summary>
public sealed class EvaluationResult
{
    /// <summary>Takes the metrics of each case, in the order of the cases.</summary>
    public EvaluationResult(IReadOnlyList<UserMetrics> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        Users = users;
        Means = Names.ToDictionary(name => name, name => users.Count == 0 ? 0 : users.Average(one => Value(one, name)));
    }

    /// <summary>Names of the metrics.</summary>
    public static IReadOnlyList<string> Names { get; } = ["hr@10", "ndcg@10", "precision@10", "recall@10", "mrr"];

    /// <summary>Metrics of each case.</summary>
    public IReadOnlyList<UserMetrics> Users { get; }

    /// <summary>Mean of each metric by name.</summary>
    public IReadOnlyDictionary<string, double> Means { get; }

    /// <summary>Share of users with a positive within the first 10.</summary>
    public double HitRateAt10 => Means["hr@10"];

    /// <summary>Mean NDCG@10.</summary>
    public double NdcgAt10 => Means["ndcg@10"];

    /// <summary>One user's value of a metric.</summary>
    public static double Value(UserMetrics one, string name) => name switch
    {
        "hr@10" => one.HitRate,
        "ndcg@10" => one.Ndcg,
        "precision@10" => one.Precision,
        "recall@10" => one.Recall,
        "mrr" => one.ReciprocalRank,
        _ => throw new ArgumentException($"'{name}' is no metric; allowed: {string.Join(", ", Names)}", nameof(name)),
    };
}
