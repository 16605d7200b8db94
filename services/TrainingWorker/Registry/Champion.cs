using System.Globalization;
using MlKit.Mlflow;
using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Registry;

/// <summary>The pair of versions that serves now.</summary>
/// <param name="Retrieval">Version of the retrieval model.</param>
/// <param name="Ranker">Version of the ranking model.</param>
internal sealed record Champion(ModelVersion Retrieval, ModelVersion Ranker)
{
    public const string HitRateTag = "mlkit.hr_at_10";
    public const string NdcgTag = "mlkit.ndcg_at_10";
    public const string UsersTag = "mlkit.evaluated_users";

    public TrainingIdentity Identity => TrainingIdentity.Of(Ranker.Tags);

    /// <summary>Both versions come from one training.</summary>
    public bool IsPair => Retrieval.RunId == Ranker.RunId;

    /// <summary>Its gate documents expire within a month: time to train, while it is still served.</summary>
    public bool IsStale(DateTimeOffset now) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Ranker.CreationTimestamp) + PackageUploader.Validity < now + TimeSpan.FromDays(30);

    public override string ToString() => $"{Retrieval.Name} {Retrieval.Version} and {Ranker.Name} {Ranker.Version}";

    public static IReadOnlyList<Tag> MetricTags(EvaluationResult metrics) =>
    [
        new(HitRateTag, metrics.HitRateAt10.ToString("R", CultureInfo.InvariantCulture)),
        new(NdcgTag, metrics.NdcgAt10.ToString("R", CultureInfo.InvariantCulture)),
        new(UsersTag, metrics.Users.Count.ToString(CultureInfo.InvariantCulture)),
    ];
}
