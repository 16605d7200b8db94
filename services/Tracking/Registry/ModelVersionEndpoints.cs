using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>The calls below <c>model-versions/</c>.</summary>
internal sealed class ModelVersionEndpoints(Database database, ArtifactService artifacts, Clock clock) : IEndpoints
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("model-versions/create", CreateAsync);
        routes.Patch("model-versions/update", UpdateAsync);
        routes.Post("model-versions/transition-stage", TransitionAsync);
        routes.Delete("model-versions/delete", DeleteAsync);
        routes.Get("model-versions/get", Get);
        routes.Get("model-versions/search", Search);
        routes.Get("model-versions/get-download-uri", DownloadUri);
        routes.Post("model-versions/set-tag", SetTagAsync);
        routes.Delete("model-versions/delete-tag", DeleteTagAsync);
        routes.Raw(HttpMethods.Get, "/model-versions/get-artifact", DownloadAsync);
    }

    private async ValueTask<Reply> CreateAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var source = request.RequiredText("source");
        var runId = request.Text("run_id") ?? "";
        var modelId = request.Text("model_id") is { Length: > 0 } given ? given : null;
        var runLink = request.Text("run_link") ?? "";
        var description = request.Text("description");
        var tags = request.Tags(NameRules.LongestModelTagValue);
        var isPrompt = tags.Any(tag => tag is { Key: RegisteredModel.PromptTag, Value: "true" });
        return await ReplyAsync(session =>
        {
            var resolved = VersionSource.Resolve(session, source, runId, modelId, isPrompt);
            var model = RegisteredModelStore.Require(session, name);
            var version = ModelVersionStore.Create(session, model, resolved, description, runLink, tags, clock.NowMs());
            ModelVersionLinks.Note(session, version);
            return version;
        });
    }

    private async ValueTask<Reply> UpdateAsync(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        var description = request.Text("description");
        return await ReplyAsync(session => ModelVersionStore.Describe(
            session, ModelVersionStore.Require(session, name, number), description, clock.NowMs()));
    }

    private async ValueTask<Reply> TransitionAsync(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        var stage = ModelStages.Parse(request.RequiredText("stage"));
        var archive = request.Flag("archive_existing_versions") ?? false;
        if (archive && !ModelStages.IsActive(stage))
        {
            throw ApiException.Invalid(
                $"'archive_existing_versions' works only for the stages Staging and Production, not for {stage}.");
        }

        return await ReplyAsync(session => ModelVersionStore.SetStage(
            session, ModelVersionStore.Require(session, name, number), stage, archive, clock.NowMs()));
    }

    private async ValueTask<Reply> DeleteAsync(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        await database.WriteAsync(session =>
            ModelVersionStore.Delete(session, ModelVersionStore.Require(session, name, number), clock.NowMs()));
        return Reply.Empty;
    }

    private ValueTask<Reply> Get(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        return ValueTask.FromResult(Reply.Json(
            database.Read(session => new ModelVersionReply(
                ModelVersionStore.ToMessage(session, ModelVersionStore.Require(session, name, number)))),
            TrackingJson.Default.ModelVersionReply));
    }

    private ValueTask<Reply> Search(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => RegistrySearch.OfVersions(session, request)), TrackingJson.Default.ModelVersionsReply));

    private ValueTask<Reply> DownloadUri(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        var version = database.Read(session => ModelVersionStore.Require(session, name, number));
        return ValueTask.FromResult(Reply.Json(
            new DownloadUriReply(version.StorageLocation), TrackingJson.Default.DownloadUriReply));
    }

    private async ValueTask<Reply> SetTagAsync(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        var tag = request.Tag(NameRules.LongestModelTagValue);
        await database.WriteAsync(session =>
            ModelVersionStore.SetTag(session, ModelVersionStore.Require(session, name, number), tag));
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteTagAsync(ApiRequest request)
    {
        var (name, number) = (request.RequiredText("name"), request.RequiredText("version"));
        var key = request.RequiredText("key");
        await database.WriteAsync(session =>
            ModelVersionStore.DeleteTag(session, ModelVersionStore.Require(session, name, number), key));
        return Reply.Empty;
    }

    private Task DownloadAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string Required(string name) =>
            query[name].ToString() is { Length: > 0 } value ? value : throw ApiException.MissingParameter(name);

        var (name, number, path) = (Required("name"), Required("version"), Required("path"));
        var version = database.Read(session => ModelVersionStore.Require(session, name, number));
        if (query["presigned"] == "true")
        {
            throw ApiException.NotImplemented("Presigned downloads are not supported for the current artifact repository");
        }

        return artifacts.DownloadAsync(context, version.StorageLocation, path);
    }

    private async ValueTask<Reply> ReplyAsync(Func<SqlSession, ModelVersion> work) => Reply.Json(
        await database.WriteAsync(session => new ModelVersionReply(ModelVersionStore.ToMessage(session, work(session)))),
        TrackingJson.Default.ModelVersionReply);
}
