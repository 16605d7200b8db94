using MlKit.Features;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;
using MlKit.Recommendation.Search;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>What one training made.</summary>
internal sealed record TrainingResult
{
    /// <summary>Stage of retrieval and ranking together, as a user meets them.</summary>
    public const string PipelineStage = "pipeline";

    /// <summary>Stage of the blend without ranking.</summary>
    public const string RetrievalStage = "retrieval";

    /// <summary>Stage of the best blend of parts that read no order.</summary>
    public const string OrderFreeStage = "order_free";

    /// <summary>The retrieval model that was judged: it has seen the training part only.</summary>
    public required RetrievalModel Retrieval { get; init; }

    /// <summary>Parameters and weights of retrieval.</summary>
    public required TunedRetrieval Tuned { get; init; }

    /// <summary>Trained on the tuning cut.</summary>
    public required RankerModel Ranker { get; init; }

    /// <summary>What the ranker was trained with.</summary>
    public required RankerOptions RankerOptions { get; init; }

    /// <summary>Columns of the ranker.</summary>
    public required RankingSchema Schema { get; init; }

    /// <summary>NDCG@10 on the tuning cases by number of trees.</summary>
    public required IReadOnlyList<CurvePoint> LearningCurve { get; init; }

    /// <summary>What the search for the ranker's parameters tried.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>Rows that the ranker was trained on.</summary>
    public required int RankingRows { get; init; }

    /// <summary>Metrics on the held-out cases by stage, each part of retrieval by its name.</summary>
    public required IReadOnlyDictionary<string, EvaluationResult> Stages { get; init; }

    /// <summary>The first ten of the pipeline by case (indexes of the data set).</summary>
    public required IReadOnlyList<int[]> Lists { get; init; }

    public EvaluationResult Pipeline => Stages[PipelineStage];

    public EvaluationResult Popularity => Stages[ComponentNames.Popularity];
}
