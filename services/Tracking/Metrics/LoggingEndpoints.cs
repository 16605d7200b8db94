using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Metrics;

/// <summary>The calls with which runs log metrics, params and tags, and read histories.</summary>
internal sealed class LoggingEndpoints(Database database) : IEndpoints
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("runs/log-metric", LogMetricAsync);
        routes.Post("runs/log-parameter", LogParamAsync);
        routes.Post("runs/set-tag", SetTagAsync);
        routes.Post("runs/delete-tag", DeleteTagAsync);
        routes.Post("runs/log-batch", LogBatchAsync);
        routes.Get("metrics/get-history", request =>
            ValueTask.FromResult(database.Read(session => MetricHistory.OfRun(session, request))));
        routes.Get("metrics/get-history-bulk-interval", request => History(session => MetricHistory.Sampled(session, request)));
        routes.Ajax(HttpMethods.Get, "metrics/get-history-bulk", request => History(session => MetricHistory.Bulk(session, request)));
    }

    private async ValueTask<Reply> LogMetricAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var point = MetricFields.Read(request);
        await database.WriteAsync(session => MetricStore.Log(session, RunStore.RequireActive(session, runId), [point]));
        return Reply.Empty;
    }

    private async ValueTask<Reply> LogParamAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var param = ParamStore.Check(request.RequiredText("key"), "key", request.Text("value"));
        await database.WriteAsync(session => ParamStore.Log(session, RunStore.RequireActive(session, runId), [param]));
        return Reply.Empty;
    }

    private async ValueTask<Reply> SetTagAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var tag = RunTags.Read(request.RequiredText("key"), "key", request.Text("value"));
        await database.WriteAsync(session => RunStore.SetTags(session, RunStore.RequireActive(session, runId), [tag]));
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteTagAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var key = request.RequiredText("key");
        await database.WriteAsync(session =>
        {
            if (!RunStore.DeleteTag(session, RunStore.RequireActive(session, runId), key))
            {
                throw ApiException.Missing($"No tag with name '{key}' in run with id {runId}.");
            }
        });
        return Reply.Empty;
    }

    private async ValueTask<Reply> LogBatchAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var batch = LogBatch.Read(request);
        await database.WriteAsync(session => batch.Write(session, RunStore.RequireActive(session, runId)));
        return Reply.Empty;
    }

    private ValueTask<Reply> History(Func<SqlSession, MetricsReply> read) =>
        ValueTask.FromResult(Reply.Json(database.Read(read), TrackingJson.Default.MetricsReply));
}
