using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Features;

/// <summary>
/// Makes the features of a task's cases. The worker's own is <see cref="CaseFeatures.PrepareAsync"/>; what comes out of it
/// is checked for knowledge of the future in any case.
/// </summary>
/// <param name="task">What is held out.</param>
/// <param name="cut">What the ranking model learns from.</param>
/// <param name="store">Where features are kept.</param>
/// <param name="cancellationToken">Stops between files.</param>
internal delegate Task<IPointInTimeFeatures> PrepareFeatures(
    EvaluationTask task, TuningCut cut, FeatureRepository store, CancellationToken cancellationToken);
