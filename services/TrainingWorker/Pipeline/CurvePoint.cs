namespace MlKit.TrainingWorker.Pipeline;

/// <summary>A point of a learning curve.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Ndcg">NDCG@10 on the tuning cases.</param>
internal sealed record CurvePoint(int Trees, double Ndcg);
