using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Rest;

/// <summary>The REST calls of the protocol below <c>/v2</c>.</summary>
internal static class RestEndpoints
{
    /// <summary>What the server says about itself. Only what is implemented stands among the extensions.</summary>
    public static ServerMetadata Server { get; } = new(
        "mlkit-scorer",
        typeof(RestEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
        [
            "classification", "model_repository", "model_repository(unload_dependents)", "schedule_policy", "model_configuration",
            "binary_tensor_data", "parameters", "statistics",
        ]);

    public static void MapInferenceProtocol(this WebApplication app)
    {
        var v2 = app.MapGroup("/v2");
        // Made once: asking the container in each request would cost a scope each.
        RequestDelegate infer = ActivatorUtilities.CreateInstance<InferEndpoint>(app.Services).AnswerAsync;
        v2.MapGet("", (HttpContext context) => SendAsync(context, Server, InferenceJson.Default.ServerMetadata));
        v2.MapGet("/health/live", (HttpContext context) => SendAsync(context, new ServerLive(true), InferenceJson.Default.ServerLive));
        v2.MapGet("/health/ready", ReadyAsync);
        v2.MapGet("/models/stats", (HttpContext context, ModelCatalog catalog) => SendAsync(context, StatisticsReport.Make(catalog, "", "")));
        v2.MapPost("/repository/index", RepositoryIndex.AnswerAsync);
        v2.MapPost("/repository/models/{model}/load", RepositoryCalls.LoadAsync);
        v2.MapPost("/repository/models/{model}/unload", RepositoryCalls.UnloadAsync);
        foreach (var model in new[] { "/models/{model}", "/models/{model}/versions/{version}" })
        {
            v2.MapGet(model, MetadataAsync);
            v2.MapGet($"{model}/ready", ModelReadyAsync);
            v2.MapGet($"{model}/config", ConfigAsync);
            v2.MapGet($"{model}/stats", StatisticsAsync);
            v2.MapPost($"{model}/infer", infer);
        }
    }

    public static Task SendAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return ResponseBody.SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(body, type), headerLength: null);
    }

    /// <summary>Model and version of the request's path.</summary>
    public static (string Name, string Version) Target(HttpContext context) =>
        ((string)context.Request.RouteValues["model"]!, context.Request.RouteValues["version"] as string ?? "");

    private static Task SendAsync(HttpContext context, IMessage message) =>
        ResponseBody.SendAsync(context, ProtoJson.Write(message), headerLength: null);

    private static Task ReadyAsync(HttpContext context, ModelCatalog catalog)
    {
        var ready = catalog.IsReady;
        var status = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return SendAsync(context, new ServerReady(ready), InferenceJson.Default.ServerReady, status);
    }

    private static Task MetadataAsync(HttpContext context, ModelCatalog catalog)
    {
        var (name, version) = Target(context);
        using var lease = catalog.Acquire(name, version);
        var metadata = lease.Model.ToMetadata(catalog.Find(name).VersionNames);
        return SendAsync(context, metadata, InferenceJson.Default.ModelMetadata);
    }

    private static Task ModelReadyAsync(HttpContext context, ModelCatalog catalog)
    {
        var (name, version) = Target(context);
        using var lease = catalog.Acquire(name, version);
        return SendAsync(context, new ModelReady(name, true), InferenceJson.Default.ModelReady);
    }

    private static Task ConfigAsync(HttpContext context, ModelCatalog catalog)
    {
        var (name, version) = Target(context);
        using var lease = catalog.Acquire(name, version);
        return SendAsync(context, lease.Model.Config);
    }

    private static Task StatisticsAsync(HttpContext context, ModelCatalog catalog)
    {
        var (name, version) = Target(context);
        return SendAsync(context, StatisticsReport.Make(catalog, name, version));
    }
}
