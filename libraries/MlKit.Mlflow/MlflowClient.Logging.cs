using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    private const int MetricsPerBatch = 1000;
    private const int ParamsPerBatch = 100;

    /// <summary>Logs one metric point; the time is now unless given.</summary>
    public Task LogMetricAsync(
        string runId, string key, double value, long step = 0, DateTimeOffset? timestamp = null,
        CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/log-metric",
            new LogMetricRequest(runId, key, value, timestamp?.ToUnixTimeMilliseconds() ?? Now, step, null),
            WireJson.Default.LogMetricRequest, cancellationToken);

    /// <summary>Logs one param. The same value again is fine, another value is refused.</summary>
    public Task LogParamAsync(string runId, string key, string value, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/log-parameter", new LogParamRequest(runId, key, value),
            WireJson.Default.LogParamRequest, cancellationToken);

    /// <summary>Sets one tag of a run.</summary>
    public Task SetTagAsync(string runId, string key, string value, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/set-tag", new RunTagRequest(runId, key, value), WireJson.Default.RunTagRequest, cancellationToken);

    /// <summary>Removes one tag of a run.</summary>
    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/delete-tag", new RunTagRequest(runId, key, null), WireJson.Default.RunTagRequest, cancellationToken);

    /// <summary>Logs many things at once, in as many calls as the protocol's limits (1000, 100, 100) need.</summary>
    public async Task LogBatchAsync(
        string runId, IReadOnlyList<Metric>? metrics = null, IReadOnlyList<Param>? parameters = null,
        IReadOnlyList<Tag>? tags = null, CancellationToken cancellationToken = default)
    {
        foreach (var chunk in (parameters ?? []).Chunk(ParamsPerBatch))
        {
            await LogChunkAsync(new LogBatchRequest(runId, [], chunk, []), cancellationToken);
        }

        foreach (var chunk in (tags ?? []).Chunk(ParamsPerBatch))
        {
            await LogChunkAsync(new LogBatchRequest(runId, [], [], chunk), cancellationToken);
        }

        foreach (var chunk in (metrics ?? []).Chunk(MetricsPerBatch))
        {
            await LogChunkAsync(new LogBatchRequest(runId, chunk, [], []), cancellationToken);
        }
    }

    /// <summary>Every point of a metric, ordered by time, step and value.</summary>
    public Task<IReadOnlyList<Metric>> GetMetricHistoryAsync(
        string runId, string key, CancellationToken cancellationToken = default) =>
        AllAsync(async token =>
        {
            var query = new QueryString().Add("run_id", runId).Add("metric_key", key)
                .Add("max_results", 25000).Add("page_token", token);
            var answer = await _transport.GetAsync(
                "metrics/get-history", query, WireJson.Default.MetricHistoryResponse, cancellationToken);
            return new Page<Metric>(answer.Metrics ?? [], OrNull(answer.NextPageToken));
        });

    /// <summary>
    /// The histories of a metric in several runs, thinned out for charts; runs that are unknown or lack the metric are
    /// passed over. The server keeps this call for web pages, official ones included.
    /// </summary>
    /// <param name="runIds">At most 100.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">The most points of one run, 1 to 2500.</param>
    /// <param name="steps">First and last step; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<SampledMetric>> SampleMetricHistoriesAsync(
        IReadOnlyList<string> runIds, string key, int maxResults = 320, (long First, long Last)? steps = null,
        CancellationToken cancellationToken = default)
    {
        var query = new QueryString().Add("run_ids", runIds).Add("metric_key", key).Add("max_results", maxResults)
            .Add("start_step", steps?.First).Add("end_step", steps?.Last);
        var answer = await _transport.SendAsync(
            HttpMethod.Get, MlflowTransport.PagesApi + "metrics/get-history-bulk-interval" + query, null,
            WireJson.Default.SampledHistoryResponse, cancellationToken);
        return answer.Metrics ?? [];
    }

    /// <summary>Notes data sets and logged models as inputs of a run.</summary>
    public Task LogInputsAsync(
        string runId, IReadOnlyList<DatasetInput>? datasets = null, IReadOnlyList<string>? modelIds = null,
        CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/log-inputs",
            new RunInputsRequest(runId, datasets ?? [], modelIds is null ? null : [.. modelIds.Select(id => new ModelInput(id))]),
            WireJson.Default.RunInputsRequest, cancellationToken);

    /// <summary>Notes logged models as outputs of a run.</summary>
    public Task LogOutputsAsync(
        string runId, IReadOnlyList<string> modelIds, long step = 0, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/outputs", new RunOutputsRequest(runId, [.. modelIds.Select(id => new ModelOutput(id, step))]),
            WireJson.Default.RunOutputsRequest, cancellationToken);

    /// <summary>One call of <c>log-batch</c>, whose limits the caller has kept.</summary>
    internal Task LogOneBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags,
        CancellationToken cancellationToken) =>
        LogChunkAsync(new LogBatchRequest(runId, metrics, parameters, tags), cancellationToken);

    private Task LogChunkAsync(LogBatchRequest request, CancellationToken cancellationToken) =>
        _transport.PostAsync("runs/log-batch", request, WireJson.Default.LogBatchRequest, cancellationToken);
}
