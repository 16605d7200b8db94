using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;
using MlKit.Tracking.Traces.Otlp;

namespace MlKit.Tracking.Traces;

/// <summary>The calls below <c>traces</c>: the third version, and of the second what clients of the third still use.</summary>
internal sealed class TraceEndpoints(Database database) : IEndpoints
{
    private const string V3 = "3.0/mlflow/traces";

    public void Map(ApiRoutes routes)
    {
        routes.Versioned(HttpMethods.Post, V3, StartAsync);
        routes.Versioned(HttpMethods.Post, V3 + "/search", Search);
        routes.Versioned(HttpMethods.Get, V3 + "/get", Get);
        routes.Versioned(HttpMethods.Get, V3 + "/batchGet", BatchGet);
        routes.Versioned(HttpMethods.Post, V3 + "/batchGetInfos", BatchGetInfos);
        routes.Versioned(HttpMethods.Get, V3 + "/{trace_id}", GetInfo);
        foreach (var path in (string[])[V3, "2.0/mlflow/traces"])
        {
            routes.Versioned(HttpMethods.Post, path + "/delete-traces", DeleteAsync);
            routes.Versioned(HttpMethods.Patch, path + "/{trace_id}/tags", SetTagAsync);
            routes.Versioned(HttpMethods.Delete, path + "/{trace_id}/tags", DeleteTagAsync);
        }
    }

    private async ValueTask<Reply> StartAsync(ApiRequest request)
    {
        var fields = TraceFields.Read(request);
        return Reply.Json(
            await database.WriteAsync(session =>
                new TraceReply(new TraceMessage(TraceStore.ToMessage(session, TraceStore.Start(session, fields))))),
            TrackingJson.Default.TraceReply);
    }

    private ValueTask<Reply> Search(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => TraceSearch.Run(session, request)), TrackingJson.Default.TraceSearchReply));

    private ValueTask<Reply> GetInfo(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => new TraceReply(
            new TraceMessage(TraceStore.ToMessage(session, TraceStore.Require(session, request.Route("trace_id")))))),
        TrackingJson.Default.TraceReply));

    private ValueTask<Reply> Get(ApiRequest request)
    {
        var id = request.RequiredText("trace_id");
        var partial = request.Flag("allow_partial") ?? false;
        return ValueTask.FromResult(Reply.Json(
            database.Read(session => new TraceReply(WithSpans(session, TraceStore.Require(session, id), partial)
                ?? throw ApiException.Missing($"Trace with ID {id} is not here with all its spans, or its spans are an artifact."))),
            TrackingJson.Default.TraceReply));
    }

    /// <summary>Traces that are not there, or not whole, are left out.</summary>
    private ValueTask<Reply> BatchGet(ApiRequest request)
    {
        var ids = Ids(request);
        return ValueTask.FromResult(Reply.Json(
            database.Read(session => new TracesReply(OrNull(
                [.. Wanted(session, request, ids).Select(trace => WithSpans(session, trace, false)).OfType<TraceMessage>()]))),
            TrackingJson.Default.TracesReply));
    }

    private ValueTask<Reply> BatchGetInfos(ApiRequest request)
    {
        var ids = Ids(request);
        return ValueTask.FromResult(Reply.Json(
            database.Read(session => new TraceInfosReply(OrNull(
                [.. Wanted(session, request, ids).Select(trace => TraceStore.ToMessage(session, trace))]))),
            TrackingJson.Default.TraceInfosReply));
    }

    private async ValueTask<Reply> DeleteAsync(ApiRequest request)
    {
        var experiment = request.RequiredId("experiment_id");
        var (upTo, most) = (request.Int64("max_timestamp_millis"), request.Int64("max_traces"));
        var ids = request.TextList("request_ids");
        if (upTo is null == (ids.Count == 0))
        {
            throw ApiException.Invalid("Exactly one of 'max_timestamp_millis' and 'request_ids' must be given.");
        }

        if (most is not null && ids.Count > 0)
        {
            throw ApiException.Invalid("'max_traces' cannot be given beside 'request_ids'.");
        }

        if (most < 1)
        {
            throw ApiException.Invalid($"Invalid value {most} for parameter 'max_traces' supplied: it must be positive.");
        }

        return Reply.Json(
            new TracesDeletedReply(await database.WriteAsync(session => TraceStore.Delete(session, experiment, upTo, most, ids))),
            TrackingJson.Default.TracesDeletedReply);
    }

    /// <summary>Values that are too long are cut, as MLflow does, so that no trace is lost for one of them.</summary>
    private async ValueTask<Reply> SetTagAsync(ApiRequest request)
    {
        var id = request.Route("trace_id");
        var key = NameRules.Key(request.RequiredText("key"), "key", "tag name");
        var value = request.Text("value") ?? "";
        await database.WriteAsync(session => TraceStore.SetTag(
            session, TraceStore.Require(session, id).Number, key, value[..Math.Min(value.Length, NameRules.LongestRunTagValue)]));
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteTagAsync(ApiRequest request)
    {
        var (id, key) = (request.Route("trace_id"), request.RequiredText("key"));
        await database.WriteAsync(session =>
        {
            if (!TraceStore.DeleteTag(session, TraceStore.Require(session, id).Number, key))
            {
                throw ApiException.Missing($"No trace tag with key '{key}' for trace with ID '{id}'.");
            }
        });
        return Reply.Empty;
    }

    /// <summary>The trace with its spans; null where its spans are not here, or not all of them and all are wanted.</summary>
    private static TraceMessage? WithSpans(SqlSession session, Trace trace, bool partial)
    {
        var spans = SpanStore.Read(session, trace.Number);
        return partial || (spans.Count > 0 && spans.Count >= SpanStore.Expected(session, trace.Number))
            ? new TraceMessage(TraceStore.ToMessage(session, trace), OrNull(spans))
            : null;
    }

    private static IReadOnlyList<string> Ids(ApiRequest request) => request.TextList("trace_ids") is { Count: > 0 } ids
        ? ids
        : throw ApiException.MissingParameter("trace_ids");

    private static IEnumerable<Trace> Wanted(SqlSession session, ApiRequest request, IReadOnlyList<string> ids)
    {
        var experiments = request.IdList("experiment_ids");
        return ids.Distinct().Select(id => TraceStore.Find(session, id)).OfType<Trace>().Where(trace => experiments.Count == 0
            || experiments.Contains(trace.ExperimentId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
