using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>Changes the description of a version.</summary>
    public Task DescribeModelVersionAsync(
        string name, string version, string description, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Patch, "model-versions/update", new DescribeVersionRequest(name, version, description),
            WireJson.Default.DescribeVersionRequest, WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>Moves a version to another stage; aliases replace stages, but older clients follow them.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage"><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>.</param>
    /// <param name="archiveOthers">Whether versions that are in the stage go to <c>Archived</c>; for <c>Staging</c> and <c>Production</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task TransitionModelVersionStageAsync(
        string name, string version, string stage, bool archiveOthers = false, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Post, "model-versions/transition-stage", new TransitionStageRequest(name, version, stage, archiveOthers),
            WireJson.Default.TransitionStageRequest, WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>Removes a tag of a version.</summary>
    public Task DeleteModelVersionTagAsync(
        string name, string version, string key, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Delete, "model-versions/delete-tag", new ModelVersionTagRequest(name, version, key, null),
            WireJson.Default.ModelVersionTagRequest, WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>Creates the next version of a registered model.</summary>
    /// <param name="name">The registered model, which must be there.</param>
    /// <param name="source">Where its files are: <c>models:/m-...</c>, an artifact URI of a run, or a remote store.</param>
    /// <param name="runId">The run that made it, or null; needed where the source lies below a run.</param>
    /// <param name="modelId">The logged model; needed where the source is one, and taken from it unless given.</param>
    /// <param name="description">Free text, or null.</param>
    /// <param name="tags">Tags of the version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ModelVersion> CreateModelVersionAsync(
        string name, string source, string? runId = null, string? modelId = null, string? description = null,
        IReadOnlyList<Tag>? tags = null, CancellationToken cancellationToken = default)
    {
        var model = modelId ?? (ModelUri.TryParse(source, out var uri) ? uri.ModelId : null);
        var request = new CreateModelVersionRequest(name, source, runId, model, description, tags);
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "model-versions/create", request, WireJson.Default.CreateModelVersionRequest,
            WireJson.Default.ModelVersionResponse, cancellationToken);
        return answer.ModelVersion;
    }

    /// <summary>A version, or null where it does not exist.</summary>
    public async Task<ModelVersion?> GetModelVersionAsync(
        string name, string version, CancellationToken cancellationToken = default)
    {
        try
        {
            var query = new QueryString().Add("name", name).Add("version", version);
            var answer = await _transport.GetAsync(
                "model-versions/get", query, WireJson.Default.ModelVersionResponse, cancellationToken);
            return answer.ModelVersion;
        }
        catch (MlflowException error) when (error.IsMissing)
        {
            return null;
        }
    }

    /// <summary>The version that an alias points to, or null where model or alias is absent.</summary>
    public async Task<ModelVersion?> GetModelVersionByAliasAsync(
        string name, string alias, CancellationToken cancellationToken = default)
    {
        try
        {
            var query = new QueryString().Add("name", name).Add("alias", alias);
            var answer = await _transport.GetAsync(
                "registered-models/alias", query, WireJson.Default.ModelVersionResponse, cancellationToken);
            return answer.ModelVersion;
        }
        catch (MlflowException error) when (error.IsMissing || IsMissingAlias(error))
        {
            return null;
        }
    }

    /// <summary>One page of versions.</summary>
    /// <param name="filter">MLflow's filter grammar, for example <c>name = 'recommender-ranker'</c>.</param>
    /// <param name="orderBy">For example <c>version_number DESC</c>.</param>
    /// <param name="maxResults">1 to 200000.</param>
    /// <param name="pageToken">The token of the page before.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Page<ModelVersion>> SearchModelVersionsAsync(
        string? filter = null, IReadOnlyList<string>? orderBy = null, int maxResults = 10000, string? pageToken = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await _transport.GetAsync(
            "model-versions/search", SearchQuery(filter, orderBy, maxResults, pageToken),
            WireJson.Default.SearchModelVersionsResponse, cancellationToken);
        return new Page<ModelVersion>(answer.ModelVersions ?? [], OrNull(answer.NextPageToken));
    }

    /// <summary>Sets a tag of a version.</summary>
    public Task SetModelVersionTagAsync(
        string name, string version, string key, string value, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "model-versions/set-tag", new ModelVersionTagRequest(name, version, key, value),
            WireJson.Default.ModelVersionTagRequest, cancellationToken);

    /// <summary>Deletes a version and the aliases that point to it.</summary>
    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        DeleteAsync(
            "model-versions/delete", new ModelVersionRequest(name, version),
            WireJson.Default.ModelVersionRequest, cancellationToken);

    /// <summary>The artifact URI of a version's files.</summary>
    public async Task<string> GetModelVersionDownloadUriAsync(
        string name, string version, CancellationToken cancellationToken = default)
    {
        var query = new QueryString().Add("name", name).Add("version", version);
        var answer = await _transport.GetAsync(
            "model-versions/get-download-uri", query, WireJson.Default.DownloadUriResponse, cancellationToken);
        return answer.ArtifactUri ?? throw new MlflowException(
            "BAD_RESPONSE", System.Net.HttpStatusCode.OK, $"version {version} of {name} has no artifact location");
    }

    /// <summary>
    /// The version that a <c>models:/name/version</c>, <c>models:/name@alias</c> or <c>models:/name/latest</c> URI
    /// stands for, or null where it does not exist.
    /// </summary>
    public async Task<ModelVersion?> ResolveModelVersionAsync(string modelUri, CancellationToken cancellationToken = default)
    {
        var uri = ModelUri.Parse(modelUri);
        if (uri.Name is null)
        {
            throw new ArgumentException(
                $"'{modelUri}' names a logged model, not a registered version; use models:/name/version or models:/name@alias.",
                nameof(modelUri));
        }

        if (uri.Alias is not null)
        {
            return await GetModelVersionByAliasAsync(uri.Name, uri.Alias, cancellationToken);
        }

        return uri.Version is not null
            ? await GetModelVersionAsync(uri.Name, uri.Version, cancellationToken)
            : (await SearchModelVersionsAsync(
                $"name = '{uri.Name}'", ["version_number DESC"], 1, null, cancellationToken)).Items.FirstOrDefault();
    }

    /// <summary>An absent alias is INVALID_PARAMETER_VALUE at MLflow, told apart only by its message.</summary>
    private static bool IsMissingAlias(MlflowException error) =>
        error.ErrorCode == "INVALID_PARAMETER_VALUE" && error.Message.Contains("alias", StringComparison.OrdinalIgnoreCase)
        && error.Message.Contains("not found", StringComparison.OrdinalIgnoreCase);
}
