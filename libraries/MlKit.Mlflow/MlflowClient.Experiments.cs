using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>The experiment of an id; deleted ones too.</summary>
    public async Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        var query = new QueryString().Add("experiment_id", experimentId);
        var answer = await _transport.GetAsync(
            "experiments/get", query, WireJson.Default.ExperimentResponse, cancellationToken);
        return answer.Experiment;
    }

    /// <summary>The experiment of a name, deleted ones too; null where there is none.</summary>
    public async Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var query = new QueryString().Add("experiment_name", name);
            var answer = await _transport.GetAsync(
                "experiments/get-by-name", query, WireJson.Default.ExperimentResponse, cancellationToken);
            return answer.Experiment;
        }
        catch (MlflowException error) when (error.IsMissing)
        {
            return null;
        }
    }

    /// <summary>Creates an experiment and returns its id.</summary>
    public async Task<string> CreateExperimentAsync(
        string name, IReadOnlyList<Tag>? tags = null, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "experiments/create", new CreateExperimentRequest(name, tags),
            WireJson.Default.CreateExperimentRequest, WireJson.Default.CreateExperimentResponse, cancellationToken);
        return answer.ExperimentId;
    }

    /// <summary>The experiment of a name, created where it is absent; safe when several callers do so at once.</summary>
    public async Task<Experiment> GetOrCreateExperimentAsync(string name, CancellationToken cancellationToken = default)
    {
        if (await GetExperimentByNameAsync(name, cancellationToken) is { } there)
        {
            return there;
        }

        try
        {
            var id = await CreateExperimentAsync(name, null, cancellationToken);
            return await GetExperimentAsync(id, cancellationToken);
        }
        catch (MlflowException error) when (error.IsConflict)
        {
            if (await GetExperimentByNameAsync(name, cancellationToken) is { } created)
            {
                return created;
            }

            throw;
        }
    }

    /// <summary>One page of experiments.</summary>
    /// <param name="filter">MLflow's filter grammar, for example <c>name LIKE 'mlkit%'</c>; null for all.</param>
    /// <param name="orderBy">For example <c>name ASC</c>; null for newest first.</param>
    /// <param name="maxResults">1 to 50000.</param>
    /// <param name="pageToken">The token of the page before.</param>
    /// <param name="view">Active ones, deleted ones, or both.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Page<Experiment>> SearchExperimentsAsync(
        string? filter = null, IReadOnlyList<string>? orderBy = null, int maxResults = 1000, string? pageToken = null,
        ViewType view = ViewType.ActiveOnly, CancellationToken cancellationToken = default)
    {
        var request = new SearchExperimentsRequest(filter, maxResults, orderBy, pageToken, Text(view));
        var answer = await _transport.SendAsync(
            HttpMethod.Post, "experiments/search", request, WireJson.Default.SearchExperimentsRequest,
            WireJson.Default.SearchExperimentsResponse, cancellationToken);
        return new Page<Experiment>(answer.Experiments ?? [], OrNull(answer.NextPageToken));
    }

    /// <summary>Sets a tag of an experiment.</summary>
    public Task SetExperimentTagAsync(
        string experimentId, string key, string value, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "experiments/set-experiment-tag", new SetExperimentTagRequest(experimentId, key, value),
            WireJson.Default.SetExperimentTagRequest, cancellationToken);

    /// <summary>Removes a tag of an experiment.</summary>
    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "experiments/delete-experiment-tag", new DeleteExperimentTagRequest(experimentId, key),
            WireJson.Default.DeleteExperimentTagRequest, cancellationToken);

    /// <summary>Gives an experiment another name.</summary>
    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "experiments/update", new UpdateExperimentRequest(experimentId, newName),
            WireJson.Default.UpdateExperimentRequest, cancellationToken);

    /// <summary>Takes the deletion of an experiment and its runs back.</summary>
    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "experiments/restore", new ExperimentIdRequest(experimentId),
            WireJson.Default.ExperimentIdRequest, cancellationToken);

    /// <summary>Marks an experiment and its runs as deleted.</summary>
    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "experiments/delete", new ExperimentIdRequest(experimentId),
            WireJson.Default.ExperimentIdRequest, cancellationToken);
}
