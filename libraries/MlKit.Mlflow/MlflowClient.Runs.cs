using System.Text.Json;
using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>Starts a run.</summary>
    /// <param name="experimentId">The experiment, which must be active.</param>
    /// <param name="name">The name; null lets the server choose one.</param>
    /// <param name="tags">Tags to begin with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Run> CreateRunAsync(
        string experimentId, string? name = null, IReadOnlyList<Tag>? tags = null,
        CancellationToken cancellationToken = default)
    {
        var request = new CreateRunRequest(experimentId, name, Environment.UserName, Now, tags);
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "runs/create", request, WireJson.Default.CreateRunRequest,
            WireJson.Default.RunResponse, cancellationToken);
        return answer.Run;
    }

    /// <summary>A run with its latest metrics, params and tags.</summary>
    public async Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        var query = new QueryString().Add("run_id", runId);
        return (await _transport.GetAsync("runs/get", query, WireJson.Default.RunResponse, cancellationToken)).Run;
    }

    /// <summary>Changes state, end time or name of a run; what is null stays. Ending states get the end time now.</summary>
    public async Task<RunInfo> UpdateRunAsync(
        string runId, RunStatus? status = null, DateTimeOffset? endTime = null, string? name = null,
        CancellationToken cancellationToken = default)
    {
        var ends = status is RunStatus.Finished or RunStatus.Failed or RunStatus.Killed;
        var end = endTime?.ToUnixTimeMilliseconds() ?? (ends ? Now : null);
        var text = status is { } value ? JsonSerializer.SerializeToElement(value, WireJson.Default.RunStatus).GetString() : null;
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "runs/update", new UpdateRunRequest(runId, text, end, name),
            WireJson.Default.UpdateRunRequest, WireJson.Default.UpdateRunResponse, cancellationToken);
        return answer.RunInfo;
    }

    /// <summary>Marks a run as deleted.</summary>
    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/delete", new RunIdRequest(runId), WireJson.Default.RunIdRequest, cancellationToken);

    /// <summary>Takes a run's deletion back.</summary>
    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "runs/restore", new RunIdRequest(runId), WireJson.Default.RunIdRequest, cancellationToken);

    /// <summary>One page of runs.</summary>
    /// <param name="experimentIds">The experiments to look in.</param>
    /// <param name="filter">MLflow's filter grammar, for example <c>metrics.ndcg > 0.1 AND tags.stage = 'eval'</c>.</param>
    /// <param name="orderBy">For example <c>metrics.ndcg DESC</c>; null for newest first.</param>
    /// <param name="maxResults">1 to 50000.</param>
    /// <param name="pageToken">The token of the page before.</param>
    /// <param name="view">Active ones, deleted ones, or both.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Page<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter = null, IReadOnlyList<string>? orderBy = null,
        int maxResults = 1000, string? pageToken = null, ViewType view = ViewType.ActiveOnly,
        CancellationToken cancellationToken = default)
    {
        var request = new SearchRunsRequest(experimentIds, filter, Text(view), maxResults, orderBy, pageToken);
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "runs/search", request, WireJson.Default.SearchRunsRequest,
            WireJson.Default.SearchRunsResponse, cancellationToken);
        return new Page<Run>(answer.Runs ?? [], OrNull(answer.NextPageToken));
    }
}
