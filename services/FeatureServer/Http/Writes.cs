using MlKit.Feast;
using MlKit.FeatureServer.Hosting;

namespace MlKit.FeatureServer.Http;

/// <summary>POST /push and POST /write-to-online-store.</summary>
internal static class Writes
{
    public static void MapWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/push", PushAsync);
        routes.MapPost("/write-to-online-store", WriteAsync);
    }

    private static async Task PushAsync(HttpContext context, FeatureStore store, FeatureServerOptions options, FeastMetrics metrics)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var source = body.Text("push_source_name");
        var columns = body.Table("df");
        body.Flag("allow_registry_cache", true);
        var to = body.Text("to", "online");
        body.Flag("transform_on_write", true);
        body.ThrowIfProblems();

        var rows = Frames.Table(columns);
        FloatLists.Require(store.Catalog.ViewsOfPushSource(source), rows);
        await PushRowsAsync(store, options, source, rows, to, context.RequestAborted);
        metrics.Pushed(source, to);
        context.Response.ContentLength = 0;
    }

    private static async Task WriteAsync(HttpContext context, FeatureStore store)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        var name = body.Text("feature_view_name");
        var columns = body.Table("df");
        body.Flag("allow_registry_cache", true);
        body.Flag("transform_on_write", true);
        body.ThrowIfProblems();

        await WriteOnlineAsync(store, name, Frames.Table(columns), context.RequestAborted);
        await Null.WriteAsync(context);
    }

    /// <summary>Pushes rows; what Feast refuses after the online part is refused after the online part.</summary>
    /// <exception cref="FeastException">The source or the word is unknown, a column is absent or does not fit, or a store fails.</exception>
    public static async Task PushRowsAsync(
        FeatureStore store, FeatureServerOptions options, string source, FeatureFrame rows, string to, CancellationToken cancellationToken)
    {
        var target = Target(to);
        var refusal = target == PushTarget.Online || options.OfflineLists ? null : OfflineLists.Refusal(store.Catalog.ViewsOfPushSource(source));
        if (refusal is null || target == PushTarget.OnlineAndOffline)
        {
            await store.PushAsync(source, rows, refusal is null ? target : PushTarget.Online, cancellationToken);
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    /// <exception cref="FeastException">There is no such view, a column is absent or does not fit, or the store does not answer.</exception>
    public static Task WriteOnlineAsync(FeatureStore store, string name, FeatureFrame rows, CancellationToken cancellationToken)
    {
        if (store.Catalog.IsOnDemand(name))
        {
            throw new FeastException($"'{name}' is an on-demand feature view, which cannot be written: it is a Python function");
        }

        var view = store.Catalog.FindView(name) ?? throw new FeastException(
            FeastError.NotFound, $"Can't recognize feast object with a name {name}", "FeastObjectNotFoundException");
        FloatLists.Require([view], rows);
        return store.WriteOnlineAsync(view.Name, rows, cancellationToken);
    }

    /// <exception cref="FeastException">The word is none of Feast's.</exception>
    private static PushTarget Target(string to) => to switch
    {
        "online" => PushTarget.Online,
        "offline" => PushTarget.Offline,
        "online_and_offline" => PushTarget.OnlineAndOffline,
        _ => throw new FeastException($"{to} is not a supported push format. Please specify one of these ['online', 'offline', 'online_and_offline']."),
    };
}
