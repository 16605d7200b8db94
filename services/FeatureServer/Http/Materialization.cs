using System.Globalization;
using System.Text.Json;
using MlKit.Feast;
using MlKit.FeatureServer.Hosting;

namespace MlKit.FeatureServer.Http;

/// <summary>POST /materialize and POST /materialize-incremental.</summary>
internal static class Materialization
{
    public static void MapMaterialization(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/materialize", WindowAsync);
        routes.MapPost("/materialize-incremental", IncrementalAsync);
    }

    private static async Task WindowAsync(HttpContext context, MaterializationJobs jobs, TimeProvider time)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var start = body.OptionalText("start_ts");
        var end = body.OptionalText("end_ts");
        var views = body.Texts("feature_views", null, allowNull: true);
        var everything = body.Flag("disable_event_timestamp", false);
        body.Flag("full_feature_names", false);
        var version = body.OptionalText("version");
        var mode = Mode(context, body);
        body.ThrowIfProblems();

        RefuseVersion(version);
        if (!everything && (start is null || end is null))
        {
            throw new FeastException("start_ts and end_ts are required when disable_event_timestamp is False");
        }

        var from = everything ? DateTimeOffset.UnixEpoch : Time(start!);
        var until = everything ? time.GetUtcNow() : Time(end!);
        if (from >= until)
        {
            throw new FeastException($"start_ts ({Shown(from)}) must be before end_ts ({Shown(until)})");
        }

        await RunAsync(context, jobs, new MaterializationJob(from, until, views), mode);
    }

    private static async Task IncrementalAsync(HttpContext context, MaterializationJobs jobs)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var end = body.Text("end_ts");
        var views = body.Texts("feature_views", null, allowNull: true);
        body.Flag("full_feature_names", false);
        var version = body.OptionalText("version");
        var mode = Mode(context, body);
        body.ThrowIfProblems();

        RefuseVersion(version);
        await RunAsync(context, jobs, new MaterializationJob(null, Time(end), views), mode);
    }

    private static (bool Async, bool Force) Mode(HttpContext context, RequestBody body) =>
        (body.Query(context.Request, "async"), body.Query(context.Request, "force"));

    private static async Task RunAsync(HttpContext context, MaterializationJobs jobs, MaterializationJob job, (bool Async, bool Force) mode)
    {
        if (!mode.Async)
        {
            await jobs.RunAsync(job, context.RequestAborted);
            await Null.WriteAsync(context);
            return;
        }

        var (views, busy) = await jobs.QueueAsync(job, mode.Force, context.RequestAborted);
        context.Response.StatusCode = busy.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, OnlineFeaturesJson.Options);
        writer.WriteStartObject();
        if (busy.Count > 0)
        {
            writer.WriteString("error", "Cannot start async materialization — the following feature views are already in MATERIALIZING state: "
                + $"[{string.Join(", ", busy.Select(view => $"'{view}'"))}]. Use ?force=true to override.");
        }
        else
        {
            writer.WriteString("status", "accepted");
        }

        writer.WriteStartArray("feature_views");
        foreach (var view in busy.Count > 0 ? busy : views)
        {
            writer.WriteStringValue(view);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }

    private static void RefuseVersion(string? version)
    {
        if (version is not null)
        {
            throw new FeastException(
                "Version-aware materialization requires 'enable_online_feature_view_versioning: true' under 'registry' in feature_store.yaml.");
        }
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FeastException($"'{text}' is no time; use ISO 8601, for example 2024-05-01T12:00:00Z");

    private static string Shown(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
}
