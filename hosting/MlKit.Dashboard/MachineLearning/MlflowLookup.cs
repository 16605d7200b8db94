using System.Text.Json.Serialization;

namespace MlKit.Dashboard.MachineLearning;

/// <summary>Asks a tracking server, by MLflow's REST API, which run trained a model version.</summary>
internal sealed class MlflowLookup(HttpClient http)
{
    private const string Api = "/api/2.0/mlflow";

    /// <summary>The address of the run's page.</summary>
    /// <param name="tracking">The tracking server, without a slash at its end.</param>
    /// <param name="model">The registered model.</param>
    /// <param name="version">Its version; not needed where the run is known.</param>
    /// <param name="runId">The run; empty to ask for it.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="HttpRequestException">The server did not answer, or knows no such version or run.</exception>
    public async Task<string> RunPageAsync(string tracking, string model, string version, string runId, CancellationToken cancellationToken)
    {
        if (runId.Length == 0)
        {
            var question = $"{tracking}{Api}/model-versions/get?name={Uri.EscapeDataString(model)}&version={Uri.EscapeDataString(version)}";
            var found = await http.GetFromJsonAsync<VersionAnswer>(question, cancellationToken);
            runId = found?.ModelVersion?.RunId is { Length: > 0 } id ? id : throw new HttpRequestException($"version {version} of '{model}' was made by no run");
        }

        var answer = await http.GetFromJsonAsync<RunAnswer>($"{tracking}{Api}/runs/get?run_id={Uri.EscapeDataString(runId)}", cancellationToken);
        var experiment = answer?.Run?.Info?.ExperimentId ?? throw new HttpRequestException($"run '{runId}' has no experiment");
        return $"{tracking}/#/experiments/{Uri.EscapeDataString(experiment)}/runs/{Uri.EscapeDataString(runId)}";
    }

    private sealed record VersionAnswer([property: JsonPropertyName("model_version")] ModelVersion? ModelVersion);

    private sealed record ModelVersion([property: JsonPropertyName("run_id")] string? RunId);

    private sealed record RunAnswer([property: JsonPropertyName("run")] Run? Run);

    private sealed record Run([property: JsonPropertyName("info")] RunInfo? Info);

    private sealed record RunInfo([property: JsonPropertyName("experiment_id")] string? ExperimentId);
}
