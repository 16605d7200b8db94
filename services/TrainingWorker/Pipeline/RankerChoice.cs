using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Search;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>What the search for a ranking model found.</summary>
/// <param name="Model">The chosen model.</param>
/// <param name="Options">Its parameters.</param>
/// <param name="Curve">Its quality by number of trees.</param>
/// <param name="Trials">All that was tried.</param>
internal sealed record RankerChoice(RankerModel Model, RankerOptions Options, IReadOnlyList<CurvePoint> Curve, IReadOnlyList<Trial> Trials);
