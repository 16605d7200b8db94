using System.Text.Json;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Metrics;
using MlKit.Tracking.Registry;
using MlKit.Tracking.Runs;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>The part of MLflow's schema that its web UI asks for: one experiment, and one run with all that it logged.</summary>
internal static class GraphSchema
{
    private static readonly GraphType ApiError = new GraphTypeBuilder<object>("ApiError")
        .Null("code").Null("message").Null("helpUrl").Build();

    private static readonly GraphType Experiment = new GraphTypeBuilder<ExperimentMessage>("MlflowExperiment")
        .Text("experimentId", experiment => experiment.ExperimentId)
        .Text("name", experiment => experiment.Name)
        .Text("artifactLocation", experiment => experiment.ArtifactLocation)
        .Text("lifecycleStage", experiment => experiment.LifecycleStage)
        .Int64("lastUpdateTime", experiment => experiment.LastUpdateTime)
        .Int64("creationTime", experiment => experiment.CreationTime)
        .Null("effectiveTraceArchivalRetention")
        .List("tags", Pair("MlflowExperimentTag"), experiment => experiment.Tags)
        .Build();

    private static readonly GraphType RunInfo = new GraphTypeBuilder<RunInfoMessage>("MlflowRunInfo")
        .Text("runId", info => info.RunId)
        .Text("runUuid", info => info.RunUuid)
        .Text("runName", info => info.RunName)
        .Text("experimentId", info => info.ExperimentId)
        .Text("userId", info => info.UserId)
        .Text("status", info => JsonSerializer.SerializeToElement(info.Status, TrackingJson.Default.RunStatus).GetString())
        .Int64("startTime", info => info.StartTime)
        .Int64("endTime", info => info.EndTime)
        .Text("artifactUri", info => info.ArtifactUri)
        .Text("lifecycleStage", info => info.LifecycleStage)
        .Build();

    private static readonly GraphType Metric = new GraphTypeBuilder<MetricMessage>("MlflowMetricExtension")
        .Text("key", metric => metric.Key)
        .Double("value", metric => metric.Value)
        .Int64("step", metric => metric.Step)
        .Int64("timestamp", metric => metric.Timestamp)
        .Build();

    private static readonly GraphType RunData = new GraphTypeBuilder<RunDataMessage>("MlflowRunData")
        .List("metrics", Metric, data => data.Metrics)
        .List("params", Pair("MlflowParam"), data => data.Params)
        .List("tags", Pair("MlflowRunTag"), data => data.Tags)
        .Build();

    private static readonly GraphType Dataset = new GraphTypeBuilder<DatasetMessage>("MlflowDataset")
        .Text("name", dataset => dataset.Name)
        .Text("digest", dataset => dataset.Digest)
        .Text("sourceType", dataset => dataset.SourceType)
        .Text("source", dataset => dataset.Source)
        .Text("schema", dataset => dataset.Schema)
        .Text("profile", dataset => dataset.Profile)
        .Build();

    private static readonly GraphType DatasetInput = new GraphTypeBuilder<DatasetInputMessage>("MlflowDatasetInput")
        .Object("dataset", Dataset, input => input.Dataset)
        .List("tags", Pair("MlflowInputTag"), input => input.Tags)
        .Build();

    private static readonly GraphType RunInputs = new GraphTypeBuilder<RunInputsMessage>("MlflowRunInputs")
        .List("datasetInputs", DatasetInput, inputs => inputs.DatasetInputs)
        .List("modelInputs", ModelId<ModelInputMessage>("MlflowModelInput", input => input.ModelId).Build(), inputs => inputs.ModelInputs)
        .Build();

    private static readonly GraphType RunOutputs = new GraphTypeBuilder<RunOutputsMessage>("MlflowRunOutputs")
        .List(
            "modelOutputs",
            ModelId<ModelOutputMessage>("MlflowModelOutput", output => output.ModelId).Int64("step", output => output.Step).Build(),
            outputs => outputs.ModelOutputs)
        .Build();

    private static readonly GraphType ModelVersion = new GraphTypeBuilder<ModelVersionMessage>("MlflowModelVersion")
        .Text("name", version => version.Name)
        .Text("version", version => version.Version)
        .Text("status", version => version.Status)
        .Text("source", version => version.Source)
        .Build();

    private static readonly GraphType Run = new GraphTypeBuilder<GraphRun>("MlflowRunExtension")
        .Object("info", RunInfo, run => run.Run.Info)
        .Object("data", RunData, run => run.Run.Data)
        .Object("inputs", RunInputs, run => run.Run.Inputs)
        .Object("outputs", RunOutputs, run => run.Run.Outputs)
        .Object("experiment", Experiment, run => run.Experiment)
        .List("modelVersions", ModelVersion, run => run.Versions)
        .Build();

    /// <summary>The root of queries; its fields read through a <see cref="GraphCall"/>.</summary>
    public static GraphType Query { get; } = new GraphTypeBuilder<GraphCall>("Query")
        .Object("mlflowGetExperiment", Answer<ExperimentMessage>("MlflowGetExperimentResponse", "experiment", Experiment), call => call.Experiment())
        .Object("mlflowGetRun", Answer<GraphRun>("MlflowGetRunResponse", "run", Run), call => call.Run())
        .Build();

    private static GraphType Pair(string name) => new GraphTypeBuilder<KeyValue>(name)
        .Text("key", pair => pair.Key).Text("value", pair => pair.Value).Build();

    private static GraphTypeBuilder<T> ModelId<T>(string name, Func<T, string?> read)
        where T : notnull => new GraphTypeBuilder<T>(name).Text("modelId", read);

    /// <summary>An answer that holds its one object, and the error that this server reports elsewhere.</summary>
    private static GraphType Answer<T>(string name, string field, GraphType type)
        where T : notnull => new GraphTypeBuilder<T>(name).Null("apiError", ApiError).Object(field, type, value => value).Build();
}
