using MlKit.Mlflow;
using MlKit.TrainingWorker.Judging;

namespace MlKit.TrainingWorker.Registry;

/// <summary>What the job asks the registry.</summary>
internal sealed class ModelRegistry(MlflowClient mlflow)
{
    /// <summary>The pair that serves now, or null where either alias is absent.</summary>
    public async Task<Champion?> FindChampionAsync(CancellationToken cancellationToken)
    {
        var retrieval = await mlflow.GetModelVersionByAliasAsync(ModelNames.Retrieval, ModelNames.Champion, cancellationToken);
        var ranker = await mlflow.GetModelVersionByAliasAsync(ModelNames.Ranker, ModelNames.Champion, cancellationToken);
        return retrieval is null || ranker is null ? null : new Champion(retrieval, ranker);
    }

    /// <summary>The champion's metrics by case, or null where its run does not have them.</summary>
    public async Task<string?> FindCasesAsync(Champion champion, CancellationToken cancellationToken)
    {
        if (champion.Ranker.RunId is not { Length: > 0 } run)
        {
            return null;
        }

        try
        {
            await using var stream = await mlflow.DownloadAsync(run, CaseResults.File, cancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (MlflowException error) when (error.IsMissing)
        {
            return null;
        }
    }
}
