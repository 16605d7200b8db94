using MlKit.Tracking.Http;

namespace MlKit.Tracking.Ui.Official;

/// <summary>
/// What MLflow's web UI asks beside its pages about things that this server does not have: it sends no usage data,
/// and lists of trace metrics, issues, judges, evaluation sets and gateway endpoints are empty rather than an error, so that
/// no tab waits for them.
/// </summary>
internal sealed class SideCallEndpoints : IEndpoints
{
    private const string V3 = "/ajax-api/3.0/mlflow/";

    public void Map(ApiRoutes routes)
    {
        routes.Raw(HttpMethods.Get, V3 + "ui-telemetry", Answer(new UiTelemetryReply(true, [], 0)));
        routes.Raw(HttpMethods.Get, "/ajax-api/2.0/mlflow/gateway-proxy", Answer(new GatewayReply([])));
        routes.Raw(HttpMethods.Get, V3 + "scorers/list", Nothing);
        foreach (var path in (string[])["traces/metrics", "issues/search", "datasets/search"])
        {
            routes.Raw(HttpMethods.Post, V3 + path, Nothing);
        }
    }

    private static Task Nothing(HttpContext context) => Reply.Empty.WriteAsync(context).AsTask();

    private static RequestDelegate Answer(UiTelemetryReply reply) =>
        context => Reply.Json(reply, UiJson.Default.UiTelemetryReply).WriteAsync(context).AsTask();

    private static RequestDelegate Answer(GatewayReply reply) =>
        context => Reply.Json(reply, UiJson.Default.GatewayReply).WriteAsync(context).AsTask();
}
