namespace MlKit.Dashboard.MachineLearning;

/// <summary>Leads from a model version to the page of the run that trained it.</summary>
internal static class MlflowRedirects
{
    /// <summary>Where the redirection is.</summary>
    public const string Path = "api/mlflow/training-run";

    /// <summary>Maps the redirection. Only tracking servers that the host's resources name are asked.</summary>
    public static void MapMlflowRedirects(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/" + Path, RedirectAsync);

    private static async Task<IResult> RedirectAsync(
        ModelLinks links, MlflowLookup lookup, string service, string model, string? version, string? run, CancellationToken cancellationToken)
    {
        if (links.Tracking(service) is not { } tracking)
        {
            return Results.Text($"No tracking server is known for '{service}'.", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            return Results.Redirect(await lookup.RunPageAsync(tracking, model, version ?? "", run ?? "", cancellationToken));
        }
        catch (Exception problem) when (problem is HttpRequestException or System.Text.Json.JsonException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Results.Text($"The tracking server at {tracking} did not say which run trained '{model}': {problem.Message}", statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
