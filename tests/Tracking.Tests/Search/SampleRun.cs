using MlKit.Tracking.Datasets;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Metrics;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tests.Search;

/// <summary>A run as plain data: what a search must find, without any database.</summary>
internal sealed record SampleRun(
    string Name, string UserId, RunStatus Status, long StartTime, long? EndTime, bool Deleted,
    IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, string> Params,
    IReadOnlyDictionary<string, string> Tags, IReadOnlyList<SampleDataset> Datasets)
{
    /// <summary>Given by the database.</summary>
    public string Id { get; private set; } = "";

    public string ArtifactUri { get; private set; } = "";

    /// <summary>Writes it by the means of the service, and notes the id that it was given.</summary>
    public void Store(SqlSession session)
    {
        var experiment = ExperimentStore.Require(session, "0");
        var tags = Tags.Select(tag => new KeyValue(tag.Key, tag.Value)).ToList();
        var run = RunStore.Create(session, experiment, Name, UserId, StartTime, tags);
        (Id, ArtifactUri) = (run.RunId, run.ArtifactUri);
        ParamStore.Log(session, run, [.. Params.Select(param => new KeyValue(param.Key, param.Value))]);
        MetricStore.Log(session, run, [.. Metrics.Select(metric => new MetricPoint(
            metric.Key, double.IsNaN(metric.Value) ? 0 : metric.Value, double.IsNaN(metric.Value), 1, 0, null, null, null))]);
        DatasetStore.Log(session, run, [.. Datasets.Select(dataset => dataset.ToMessage())]);
        RunStore.SetDeleted(session, RunStore.Update(session, run, Status, EndTime, null), Deleted);
    }
}

internal sealed record SampleDataset(string Name, string Digest, string? Context)
{
    public DatasetInputMessage ToMessage() => new(
        Context is null ? [] : [new KeyValue("mlflow.data.context", Context)], new DatasetMessage(Name, Digest, "t", "s", null, null));
}
