using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>What one training made.</summary>
/// <param name="Retrieval">Trained on all events; this one is served.</param>
/// <param name="Ranker">Trained on the training task.</param>
/// <param name="RankerOptions">What the ranker was trained with.</param>
/// <param name="Stages">Metrics on the test task by model: popularity, ease, retrieval, pipeline.</param>
/// <param name="RankingRows">Rows that the ranker was trained on.</param>
/// <param name="TuningNdcg">Score of the chosen retrieval parameters on the training task.</param>
internal sealed record TrainingResult(
    RetrievalModel Retrieval, RankerModel Ranker, RankerOptions RankerOptions,
    IReadOnlyDictionary<string, EvaluationResult> Stages, int RankingRows, double TuningNdcg)
{
    public const string PopularityStage = "popularity";
    public const string EaseStage = "ease";
    public const string RetrievalStage = "retrieval";
    public const string PipelineStage = "pipeline";

    /// <summary>Metrics of retrieval and ranking together, as a user meets them.</summary>
    public EvaluationResult Pipeline => Stages[PipelineStage];

    public EvaluationResult Popularity => Stages[PopularityStage];
}
