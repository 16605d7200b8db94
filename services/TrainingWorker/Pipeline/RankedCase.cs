using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Candidates of one case with their rows.</summary>
/// <param name="Case">The question.</param>
/// <param name="Items">Candidates (indexes of the data set), best first by retrieval.</param>
/// <param name="Rows">Row-major [Items, width of the schema].</param>
internal sealed record RankedCase(RankingCase Case, int[] Items, float[] Rows);
