using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>Changes the description of a registered model.</summary>
    public Task DescribeRegisteredModelAsync(string name, string description, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Patch, "registered-models/update", new DescribeModelRequest(name, description),
            WireJson.Default.DescribeModelRequest, WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>Gives a registered model another name; its versions go along.</summary>
    public Task RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "registered-models/rename", new RenameModelRequest(name, newName),
            WireJson.Default.RenameModelRequest, cancellationToken);

    /// <summary>Removes a tag of a registered model.</summary>
    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Delete, "registered-models/delete-tag", new RegisteredModelTagRequest(name, key, null),
            WireJson.Default.RegisteredModelTagRequest, WireJson.Default.EmptyResponse, cancellationToken);

    /// <summary>The registered model of a name, created where it is absent.</summary>
    public async Task<RegisteredModel> RegisterModelAsync(
        string name, string? description = null, IReadOnlyList<Tag>? tags = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _transport.SendAsync(
                HttpMethod.Post, "registered-models/create", new CreateRegisteredModelRequest(name, description, tags),
                WireJson.Default.CreateRegisteredModelRequest, WireJson.Default.RegisteredModelResponse, cancellationToken);
            return answer.RegisteredModel;
        }
        catch (MlflowException error) when (error.IsConflict)
        {
            if (await GetRegisteredModelAsync(name, cancellationToken) is { } there)
            {
                return there;
            }

            throw;
        }
    }

    /// <summary>A registered model, or null where there is none of that name.</summary>
    public async Task<RegisteredModel?> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _transport.GetAsync(
                "registered-models/get", new QueryString().Add("name", name),
                WireJson.Default.RegisteredModelResponse, cancellationToken);
            return answer.RegisteredModel;
        }
        catch (MlflowException error) when (error.IsMissing)
        {
            return null;
        }
    }

    /// <summary>Deletes a registered model with its versions, tags and aliases.</summary>
    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        DeleteAsync(
            "registered-models/delete", new NameRequest(name), WireJson.Default.NameRequest, cancellationToken);

    /// <summary>One page of registered models, by name.</summary>
    public async Task<Page<RegisteredModel>> SearchRegisteredModelsAsync(
        string? filter = null, IReadOnlyList<string>? orderBy = null, int maxResults = 100, string? pageToken = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await _transport.GetAsync(
            "registered-models/search", SearchQuery(filter, orderBy, maxResults, pageToken),
            WireJson.Default.SearchRegisteredModelsResponse, cancellationToken);
        return new Page<RegisteredModel>(answer.RegisteredModels ?? [], OrNull(answer.NextPageToken));
    }

    /// <summary>Sets a tag of a registered model.</summary>
    public Task SetRegisteredModelTagAsync(
        string name, string key, string value, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "registered-models/set-tag", new RegisteredModelTagRequest(name, key, value),
            WireJson.Default.RegisteredModelTagRequest, cancellationToken);

    /// <summary>Points an alias at a version, in one step for everyone who reads it.</summary>
    public Task SetAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "registered-models/alias", new AliasRequest(name, alias, version),
            WireJson.Default.AliasRequest, cancellationToken);

    /// <summary>Removes an alias; one that is absent is fine.</summary>
    public Task DeleteAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        DeleteAsync(
            "registered-models/alias", new AliasRequest(name, alias, null),
            WireJson.Default.AliasRequest, cancellationToken);

    private Task DeleteAsync<T>(
        string path, T request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        _transport.SendAsync(
            HttpMethod.Delete, path, request, type, WireJson.Default.EmptyResponse, cancellationToken);

    private static QueryString SearchQuery(
        string? filter, IReadOnlyList<string>? orderBy, int maxResults, string? pageToken) =>
        new QueryString().Add("filter", filter).Add("max_results", maxResults)
            .Add("order_by", orderBy).Add("page_token", pageToken);
}
