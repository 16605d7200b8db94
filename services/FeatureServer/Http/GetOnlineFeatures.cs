using System.Text.Json;
using MlKit.Feast;
using MlKit.FeatureServer.Hosting;

namespace MlKit.FeatureServer.Http;

/// <summary>POST /get-online-features.</summary>
internal static class GetOnlineFeatures
{
    public static void MapGetOnlineFeatures(this IEndpointRouteBuilder routes) => routes.MapPost("/get-online-features", HandleAsync);

    private static async Task HandleAsync(HttpContext context, FeatureStore store, FeastMetrics metrics, ReadLog log)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var entities = body.Columns("entities");
        var service = body.OptionalText("feature_service");
        var features = body.Texts("features", [], allowNull: false)!;
        var fullNames = body.Flag("full_feature_names", false);
        var withVersions = body.Flag("include_feature_view_version_metadata", false);
        body.ThrowIfProblems();

        var columns = entities.ConvertAll(column => Frames.Column(column.Name, column.Items));
        var read = metrics.OnlineRead(columns.Count == 0 ? 0 : columns[0].Count);
        context.Features.Set(read);
        var answer = string.IsNullOrEmpty(service)
            ? await store.GetOnlineFeaturesAsync(features, columns, fullNames, context.RequestAborted)
            : await store.GetOnlineFeaturesAsync(service, columns, fullNames, context.RequestAborted);
        read.Answered(answer);
        log.Note(columns, answer);
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, OnlineFeaturesJson.Options);
        OnlineFeaturesJson.Write(writer, answer, withVersions);
        await writer.FlushAsync(context.RequestAborted);
    }
}
