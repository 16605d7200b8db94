using MlKit.Recommendation.Evaluation;

namespace MlKit.Recommendation.Gates;

/// <summary>What gates judge: a candidate beside its rivals on the same cases, and what was measured of its files.</summary>
public sealed record GateContext
{
    /// <summary>Metrics of the candidate by case.</summary>
    public required EvaluationResult Candidate { get; init; }

    /// <summary>Metrics of popularity by case.</summary>
    public required EvaluationResult Popularity { get; init; }

    /// <summary>
    /// The champion's metrics by case; null for a case that it was not judged on. Null where there is no champion or none
    /// of its cases is left in the data.
    /// </summary>
    public IReadOnlyList<UserMetrics?>? Champion { get; init; }

    /// <summary>Slices of the cases.</summary>
    public required IReadOnlyList<Slice> Slices { get; init; }

    /// <summary>The first score of the exported models that is NaN or infinite, in words; null where there is none.</summary>
    public string? NotFinite { get; init; }

    /// <summary>Largest difference between scores of the exported retrieval model and the trainer's.</summary>
    public required double RetrievalDifference { get; init; }

    /// <summary>Largest difference between scores of the exported ranking model and the trainer's.</summary>
    public required double RankingDifference { get; init; }

    /// <summary>95th percentile of retrieving and ranking for one user, in process, milliseconds.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>The most that <see cref="LatencyMs"/> may be.</summary>
    public required double LatencyBudgetMs { get; init; }

    /// <summary>Hash of the columns of the ranking model, as its file tells it.</summary>
    public required string SchemaHash { get; init; }

    /// <summary>Hashes that serving can build rows for.</summary>
    public required IReadOnlyCollection<string> KnownSchemas { get; init; }

    /// <summary>Why serving cannot fill some columns, in words; empty where it can fill all.</summary>
    public IReadOnlyList<string> SchemaFaults { get; init; } = [];

    /// <summary>The first feature that knew the future, in words; null where there is none.</summary>
    public string? Leak { get; init; }
}
