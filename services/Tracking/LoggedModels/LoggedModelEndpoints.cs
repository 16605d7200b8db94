using System.Buffers;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.LoggedModels;

/// <summary>The calls below <c>logged-models</c>.</summary>
internal sealed class LoggedModelEndpoints(Database database, ArtifactService artifacts, Clock clock) : IEndpoints
{
    private static readonly SearchValues<char> ForbiddenInNames = SearchValues.Create("/:.%\"'");

    public void Map(ApiRoutes routes)
    {
        routes.Post("logged-models", CreateAsync);
        routes.Post("logged-models/search", Search);
        routes.Get("logged-models/{model_id}", Get);
        routes.Patch("logged-models/{model_id}", FinalizeAsync);
        routes.Delete("logged-models/{model_id}", DeleteAsync);
        routes.Patch("logged-models/{model_id}/tags", SetTagsAsync);
        routes.Delete("logged-models/{model_id}/tags/{tag_key}", DeleteTagAsync);
        routes.Post("logged-models/{model_id}/params", AddParamsAsync);
        routes.Get("logged-models/{model_id}/artifacts/directories", ListAsync);
        routes.Raw(HttpMethods.Get, "/ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files", DownloadAsync);
    }

    private async ValueTask<Reply> CreateAsync(ApiRequest request)
    {
        var experimentId = request.RequiredId("experiment_id");
        var name = CheckName(request.Text("name"));
        var modelType = request.Text("model_type");
        var sourceRunId = request.Text("source_run_id");
        var parameters = Params(request);
        var tags = request.Tags(NameRules.LongestModelTagValue);
        if (tags.Count < request.Objects("tags").Length)
        {
            throw ApiException.BadRequest("The tags of a new logged model must have different keys.");
        }

        return await ReplyAsync(session => LoggedModelStore.Create(
            session, ExperimentStore.RequireActive(session, experimentId), name, modelType, sourceRunId, parameters, tags,
            clock.NowMs()));
    }

    private ValueTask<Reply> Search(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => LoggedModelSearch.Run(session, request)), TrackingJson.Default.LoggedModelsReply));

    private ValueTask<Reply> Get(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => new LoggedModelReply(
            LoggedModelStore.ToMessage(session, LoggedModelStore.Require(session, request.Route("model_id"))))),
        TrackingJson.Default.LoggedModelReply));

    private async ValueTask<Reply> FinalizeAsync(ApiRequest request)
    {
        var modelId = request.RequiredText("model_id");
        if (!request.Has("status"))
        {
            throw ApiException.MissingParameter("status");
        }

        var status = request.Enum<LoggedModelStatus>("status", StatusByName, StatusByNumber) ?? throw ApiException.Invalid(
            "Invalid value for parameter 'status': allowed are LOGGED_MODEL_PENDING, LOGGED_MODEL_READY and "
            + "LOGGED_MODEL_UPLOAD_FAILED.");
        return await ReplyAsync(session => LoggedModelStore.SetStatus(
            session, LoggedModelStore.Require(session, modelId), status, clock.NowMs()));
    }

    private async ValueTask<Reply> DeleteAsync(ApiRequest request)
    {
        var modelId = request.Route("model_id");
        await database.WriteAsync(session => LoggedModelStore.Delete(session, modelId, clock.NowMs()));
        return Reply.Empty;
    }

    private async ValueTask<Reply> SetTagsAsync(ApiRequest request)
    {
        var modelId = request.Route("model_id");
        var tags = request.Tags(NameRules.LongestModelTagValue);
        await database.WriteAsync(session =>
            LoggedModelStore.SetTags(session, LoggedModelStore.Require(session, modelId).Number, tags));
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteTagAsync(ApiRequest request)
    {
        var (modelId, key) = (request.Route("model_id"), Uri.UnescapeDataString(request.Route("tag_key")));
        await database.WriteAsync(session =>
        {
            if (!LoggedModelStore.DeleteTag(session, LoggedModelStore.Require(session, modelId).Number, key))
            {
                throw ApiException.Missing($"No tag with key '{key}' found for model with ID '{modelId}'.");
            }
        });
        return Reply.Empty;
    }

    private async ValueTask<Reply> AddParamsAsync(ApiRequest request)
    {
        var modelId = request.RequiredText("model_id");
        var parameters = Params(request);
        await database.WriteAsync(session =>
            LoggedModelStore.AddParams(session, LoggedModelStore.Require(session, modelId).Number, parameters));
        return Reply.Empty;
    }

    private async ValueTask<Reply> ListAsync(ApiRequest request)
    {
        var model = database.Read(session => LoggedModelStore.Require(session, request.Route("model_id")));
        return await artifacts.ListAsync(model.ArtifactUri, request.Text("artifact_directory_path"), request.Aborted);
    }

    private Task DownloadAsync(HttpContext context)
    {
        var modelId = (string)context.Request.RouteValues["model_id"]!;
        var path = context.Request.Query["artifact_file_path"].ToString();
        if (path.Length == 0)
        {
            throw ApiException.MissingParameter("artifact_file_path");
        }

        var model = database.Read(session => LoggedModelStore.Require(session, modelId));
        return artifacts.DownloadAsync(context, model.ArtifactUri, path);
    }

    private async ValueTask<Reply> ReplyAsync(Func<SqlSession, LoggedModel> work) => Reply.Json(
        await database.WriteAsync(session => new LoggedModelReply(LoggedModelStore.ToMessage(session, work(session)))),
        TrackingJson.Default.LoggedModelReply);

    private static IReadOnlyList<KeyValue> Params(ApiRequest request) =>
        [.. request.Objects("params").Select(param =>
            ParamStore.Check(param.RequiredText("key"), param.NameOf("key"), param.Text("value")))];

    private static string CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return RunNames.Next();
        }

        return name.AsSpan().IndexOfAny(ForbiddenInNames) < 0 ? name : throw ApiException.Invalid(
            $"Invalid model name ('{name}') provided. A model name must not contain any of / : . % \" '.");
    }

    private static LoggedModelStatus? StatusByName(string name) => name switch
    {
        "LOGGED_MODEL_PENDING" => LoggedModelStatus.Pending,
        "LOGGED_MODEL_READY" => LoggedModelStatus.Ready,
        "LOGGED_MODEL_UPLOAD_FAILED" => LoggedModelStatus.UploadFailed,
        _ => null,
    };

    private static LoggedModelStatus? StatusByNumber(long number) =>
        number is >= 1 and <= 3 ? (LoggedModelStatus)number : null;
}
