using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Features;

/// <summary>Where a task's features come from: the feature store where there are times, else the cases themselves.</summary>
internal static class CaseFeatures
{
    /// <summary>Times before which features are wanted, by user, ascending.</summary>
    public static long[][] Cuts(EvaluationTask task, TuningCut cut)
    {
        var cuts = new SortedSet<long>?[task.Training.Count];
        foreach (var one in task.Cases.Concat(cut.Tuning).Concat(cut.Learning))
        {
            (cuts[one.User] ??= []).Add(one.Cut);
        }

        return Array.ConvertAll(cuts, own => own?.ToArray() ?? []);
    }

    /// <summary>Writes what the task may know to the files of the store; nothing that it holds out is counted.</summary>
    public static async Task<IPointInTimeFeatures> PrepareAsync(
        EvaluationTask task, TuningCut cut, FeatureRepository store, CancellationToken cancellationToken)
    {
        if (!task.HasClock)
        {
            return new HistoryFeatures(task.Training.Data);
        }

        var known = task.Training.ToDataSet();
        await store.WriteAsync(known, FeatureSnapshots.Take(known, Cuts(task, cut)), cancellationToken);
        return new StoredFeatures(store, known);
    }
}
