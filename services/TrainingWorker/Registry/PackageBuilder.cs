using System.Globalization;
using System.Text.Json;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Gates;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Registry;

/// <summary>Turns the outcome of a training into a package.</summary>
internal static class PackageBuilder
{
    /// <summary>Files of the models by path below <c>models/</c>.</summary>
    public static Dictionary<string, byte[]> ModelFiles(TrainingArtifacts made) => new()
    {
        [$"{ModelNames.Retrieval}/model.onnx"] = made.RetrievalOnnx,
        [$"{ModelNames.Ranker}/model.onnx"] = made.RankerOnnx,
        [$"{ModelNames.Ranker}/model.zip"] = made.RankerZip,
    };

    /// <summary>Both models with their signatures and examples.</summary>
    public static IReadOnlyList<PackagedModel> Models(DataSet data, TrainingResult result)
    {
        var ids = data.HasIntegerItemIds ? "int64" : "object";
        object Id(string id) => data.HasIntegerItemIds ? long.Parse(id, CultureInfo.InvariantCulture) : id;
        string[] known = [.. result.Retrieval.ItemIds.Take(2)];
        return
        [
            new PackagedModel
            {
                Name = ModelNames.Ranker,
                ModelType = "ranker",
                Inputs = [new TensorSpec("features", "float32", [-1, result.Schema.Width])],
                Outputs = [new TensorSpec("scores", "float32", [-1, 1])],
                InputExampleJson = JsonSerializer.Serialize(new { inputs = new { features = new[] { new float[result.Schema.Width] } } }),
            },
            new PackagedModel
            {
                Name = ModelNames.Retrieval,
                ModelType = "retrieval",
                Inputs = [new TensorSpec("item_ids", ids, [1, -1]), new TensorSpec("weights", "float32", [1, -1]), new TensorSpec("k", "int64", [1])],
                Outputs =
                [
                    new TensorSpec("candidate_ids", ids, [1, -1]), new TensorSpec("scores", "float32", [1, -1]),
                    new TensorSpec("components", "float32", [1, -1, result.Retrieval.Components.Count]),
                ],
                InputExampleJson = JsonSerializer.Serialize(new
                {
                    inputs = new { item_ids = new[] { known.Select(Id) }, weights = new[] { known.Select(_ => 1f) }, k = new[] { 10 } },
                }),
            },
        ];
    }

    /// <summary>The reports as they go into the signed document.</summary>
    public static IReadOnlyList<GateFinding> Findings(IReadOnlyList<GateReport> reports) =>
        [.. reports.Select(report => new GateFinding { Name = report.Name, Passed = report.Outcome.Passed, Detail = report.Outcome.Detail })];
}
