using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>Creates a logged model in state pending; upload its files, then finalize it.</summary>
    /// <param name="experimentId">The experiment, which must be active.</param>
    /// <param name="name">Without <c>/ : . % " '</c>.</param>
    /// <param name="sourceRunId">The run that made it, or null.</param>
    /// <param name="modelType">A free kind, or null.</param>
    /// <param name="parameters">Params of the model.</param>
    /// <param name="tags">Tags of the model.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId, string name, string? sourceRunId = null, string? modelType = null,
        IReadOnlyList<Param>? parameters = null, IReadOnlyList<Tag>? tags = null,
        CancellationToken cancellationToken = default)
    {
        var request = new CreateLoggedModelRequest(experimentId, name, modelType, sourceRunId, parameters, tags);
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "logged-models", request, WireJson.Default.CreateLoggedModelRequest,
            WireJson.Default.LoggedModelResponse, cancellationToken);
        return answer.Model;
    }

    /// <summary>A logged model by its id.</summary>
    public async Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.GetAsync(
            "logged-models/" + Uri.EscapeDataString(modelId), null, WireJson.Default.LoggedModelResponse, cancellationToken);
        return answer.Model;
    }

    /// <summary>Ends the creation of a logged model: ready, or upload failed.</summary>
    public async Task<LoggedModel> FinalizeLoggedModelAsync(
        string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.SendAsync(
            HttpMethod.Patch, "logged-models/" + Uri.EscapeDataString(modelId),
            new FinalizeLoggedModelRequest(modelId, status), WireJson.Default.FinalizeLoggedModelRequest,
            WireJson.Default.LoggedModelResponse, cancellationToken);
        return answer.Model;
    }

    /// <summary>Sets tags of a logged model.</summary>
    public Task SetLoggedModelTagsAsync(
        string modelId, IReadOnlyList<Tag> tags, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Patch, $"logged-models/{Uri.EscapeDataString(modelId)}/tags", new LoggedModelTagsRequest(tags),
            WireJson.Default.LoggedModelTagsRequest, WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>Removes a tag of a logged model.</summary>
    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Delete,
            $"{MlflowTransport.Api}logged-models/{Uri.EscapeDataString(modelId)}/tags/{Uri.EscapeDataString(key)}", null,
            WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>Deletes a logged model; its files stay.</summary>
    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Delete, $"{MlflowTransport.Api}logged-models/{Uri.EscapeDataString(modelId)}", null,
            WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>One page of logged models, newest first.</summary>
    /// <param name="experimentIds">The experiments to look in.</param>
    /// <param name="filter">MLflow's filter grammar, for example <c>name = 'ranker'</c>.</param>
    /// <param name="maxResults">The size of the page.</param>
    /// <param name="pageToken">The token of the page before.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Page<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds, string? filter = null, int maxResults = 100, string? pageToken = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "logged-models/search",
            new SearchLoggedModelsRequest(experimentIds, filter, maxResults, pageToken),
            WireJson.Default.SearchLoggedModelsRequest, WireJson.Default.SearchLoggedModelsResponse, cancellationToken);
        return new Page<LoggedModel>(answer.Models ?? [], OrNull(answer.NextPageToken));
    }
}
