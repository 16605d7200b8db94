using System.Globalization;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>POST /materialize and POST /materialize-incremental.</summary>
internal static class Materialization
{
    public static void MapMaterialization(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/materialize", WindowAsync);
        routes.MapPost("/materialize-incremental", IncrementalAsync);
    }

    private static async Task WindowAsync(HttpContext context, FeatureStore store, TimeProvider time)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var start = body.OptionalText("start_ts");
        var end = body.OptionalText("end_ts");
        var views = body.Texts("feature_views", null, allowNull: true);
        var everything = body.Flag("disable_event_timestamp", false);
        body.Flag("full_feature_names", false);
        var version = body.OptionalText("version");
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

        await store.MaterializeAsync(from, until, views, context.RequestAborted);
        await Null.WriteAsync(context);
    }

    private static async Task IncrementalAsync(HttpContext context, FeatureStore store)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var end = body.Text("end_ts");
        var views = body.Texts("feature_views", null, allowNull: true);
        body.Flag("full_feature_names", false);
        var version = body.OptionalText("version");
        body.ThrowIfProblems();

        RefuseVersion(version);
        await store.MaterializeIncrementalAsync(Time(end), views, context.RequestAborted);
        await Null.WriteAsync(context);
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
