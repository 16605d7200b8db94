using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>The files that will serve.</summary>
/// <param name="Retrieval">Trained on all events.</param>
/// <param name="RetrievalOnnx">The same as ONNX.</param>
/// <param name="RankerOnnx">The ranking model as ONNX.</param>
/// <param name="RankerZip">The ranking model as ML.NET saves it.</param>
/// <param name="ItemIds">Raw item ids by index of the data set.</param>
internal sealed record TrainingArtifacts(RetrievalModel Retrieval, byte[] RetrievalOnnx, byte[] RankerOnnx, byte[] RankerZip, string[] ItemIds);
