using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Onnx;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Registry;

/// <summary>Stores the trained models with their run, registers both and moves the alias.</summary>
internal sealed class ModelRegistry(MlflowClient mlflow)
{
    /// <summary>The pair that serves now, or null where either alias is absent.</summary>
    public async Task<Champion?> FindChampionAsync(CancellationToken cancellationToken)
    {
        var retrieval = await mlflow.GetModelVersionByAliasAsync(ModelNames.Retrieval, ModelNames.Champion, cancellationToken);
        var ranker = await mlflow.GetModelVersionByAliasAsync(ModelNames.Ranker, ModelNames.Champion, cancellationToken);
        return retrieval is null || ranker is null ? null : new Champion(retrieval, ranker);
    }

    /// <summary>Logs both models to the run and creates a version of each.</summary>
    public async Task<Champion> RegisterAsync(
        Run run, DataSet data, TrainingResult result, TrainingIdentity identity, CancellationToken cancellationToken)
    {
        IReadOnlyList<Tag> tags = [.. identity.ToTags(), .. Champion.MetricTags(result.Pipeline)];
        var retrieval = await RegisterAsync(run, RetrievalLog(run, data, result), tags, cancellationToken);
        var ranker = await RegisterAsync(run, RankerLog(run, result), tags, cancellationToken);
        return new Champion(retrieval, ranker);
    }

    /// <summary>Ranking first: an old ranker with new candidates is the lesser evil for the moment between.</summary>
    public async Task PromoteAsync(Champion pair, CancellationToken cancellationToken)
    {
        await mlflow.SetAliasAsync(ModelNames.Ranker, ModelNames.Champion, pair.Ranker.Version, cancellationToken);
        await mlflow.SetAliasAsync(ModelNames.Retrieval, ModelNames.Champion, pair.Retrieval.Version, cancellationToken);
    }

    private async Task<ModelVersion> RegisterAsync(
        Run run, OnnxModelLog log, IReadOnlyList<Tag> tags, CancellationToken cancellationToken)
    {
        var model = await mlflow.LogOnnxModelAsync(log, cancellationToken);
        await mlflow.RegisterModelAsync(log.Name, cancellationToken: cancellationToken);
        return await mlflow.CreateModelVersionAsync(
            log.Name, $"models:/{model.Info.ModelId}", run.Info.RunId, model.Info.ModelId, tags: tags, cancellationToken: cancellationToken);
    }

    private static OnnxModelLog RetrievalLog(Run run, DataSet data, TrainingResult result)
    {
        var ids = data.HasIntegerItemIds ? "int64" : "object";
        return new OnnxModelLog
        {
            ExperimentId = run.Info.ExperimentId,
            RunId = run.Info.RunId,
            Name = ModelNames.Retrieval,
            ModelType = "retrieval",
            Onnx = RetrievalOnnx.Write(result.Retrieval, data),
            Signature = new ModelSignature(
                [new TensorSpec("item_ids", ids, [1, -1]), new TensorSpec("weights", "float32", [1, -1]), new TensorSpec("k", "int64", [1])],
                [
                    new TensorSpec("candidate_ids", ids, [1, -1]), new TensorSpec("scores", "float32", [1, -1]),
                    new TensorSpec("components", "float32", [1, -1, result.Retrieval.Components.Count]),
                ]),
        };
    }

    private static OnnxModelLog RankerLog(Run run, TrainingResult result) => new()
    {
        ExperimentId = run.Info.ExperimentId,
        RunId = run.Info.RunId,
        Name = ModelNames.Ranker,
        ModelType = "ranker",
        Onnx = RankerOnnx.Write(result.Ranker.Trees, result.Schema.Names, result.Schema.Hash),
        Signature = new ModelSignature(
            [new TensorSpec("features", "float32", [-1, result.Schema.Width])], [new TensorSpec("scores", "float32", [-1, 1])]),
    };
}
