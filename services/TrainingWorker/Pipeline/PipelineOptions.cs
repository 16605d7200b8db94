using MlKit.Recommendation.Ranking;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>What is asked of a training.</summary>
/// <param name="Ranker">Trainer, seed and usual parameters of the ranking model.</param>
/// <param name="Trials">Points that the parameter search draws beside the usual ones.</param>
internal sealed record PipelineOptions(RankerOptions Ranker, int Trials);
