using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>The calls below <c>registered-models/</c>.</summary>
internal sealed class RegisteredModelEndpoints(Database database, Clock clock) : IEndpoints
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("registered-models/create", CreateAsync);
        routes.Post("registered-models/rename", RenameAsync);
        routes.Patch("registered-models/update", UpdateAsync);
        routes.Delete("registered-models/delete", DeleteAsync);
        routes.Get("registered-models/get", Get);
        routes.Get("registered-models/search", Search);
        routes.Post("registered-models/get-latest-versions", LatestVersions);
        routes.Get("registered-models/get-latest-versions", LatestVersions);
        routes.Post("registered-models/set-tag", SetTagAsync);
        routes.Delete("registered-models/delete-tag", DeleteTagAsync);
    }

    private async ValueTask<Reply> CreateAsync(ApiRequest request)
    {
        var name = CheckName(request.RequiredText("name"));
        var description = request.Text("description");
        var tags = request.Tags(NameRules.LongestModelTagValue);
        return await ReplyAsync(session => RegisteredModelStore.Create(session, name, description, tags, clock.NowMs()));
    }

    private async ValueTask<Reply> RenameAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var newName = CheckName(request.RequiredText("new_name"));
        return await ReplyAsync(session => RegisteredModelStore.Rename(
            session, RegisteredModelStore.Require(session, name), newName, clock.NowMs()));
    }

    private async ValueTask<Reply> UpdateAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var description = request.Text("description") ?? "";
        return await ReplyAsync(session => RegisteredModelStore.Describe(
            session, RegisteredModelStore.Require(session, name), description, clock.NowMs()));
    }

    private async ValueTask<Reply> DeleteAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        await database.WriteAsync(session =>
            RegisteredModelStore.Delete(session, RegisteredModelStore.Require(session, name)));
        return Reply.Empty;
    }

    private ValueTask<Reply> Get(ApiRequest request)
    {
        var name = CheckName(request.RequiredText("name"));
        return ValueTask.FromResult(Reply.Json(
            database.Read(session => new RegisteredModelReply(
                RegisteredModelStore.ToMessage(session, RegisteredModelStore.Require(session, name)))),
            TrackingJson.Default.RegisteredModelReply));
    }

    private ValueTask<Reply> Search(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => RegistrySearch.OfModels(session, request)), TrackingJson.Default.RegisteredModelsReply));

    private ValueTask<Reply> LatestVersions(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var stages = request.TextList("stages").Select(ModelStages.Parse).ToList();
        return ValueTask.FromResult(Reply.Json(
            database.Read(session =>
            {
                var model = RegisteredModelStore.Require(session, name);
                var versions = ModelVersionStore.Latest(session, model.Number, stages);
                return new ModelVersionsReply(
                    versions.Count == 0 ? null : [.. versions.Select(version => ModelVersionStore.ToMessage(session, version))], null);
            }),
            TrackingJson.Default.ModelVersionsReply));
    }

    private async ValueTask<Reply> SetTagAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var tag = request.Tag(NameRules.LongestModelTagValue);
        await database.WriteAsync(session =>
            RegisteredModelStore.SetTag(session, RegisteredModelStore.Require(session, name).Number, tag));
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteTagAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var key = request.RequiredText("key");
        await database.WriteAsync(session =>
            RegisteredModelStore.DeleteTag(session, RegisteredModelStore.Require(session, name).Number, key));
        return Reply.Empty;
    }

    private async ValueTask<Reply> ReplyAsync(Func<SqlSession, RegisteredModel> work) => Reply.Json(
        await database.WriteAsync(session =>
            new RegisteredModelReply(RegisteredModelStore.ToMessage(session, work(session)))),
        TrackingJson.Default.RegisteredModelReply);

    private static string CheckName(string name) => name.AsSpan().IndexOfAny('/', ':') < 0 && name is not ("." or "..") && name.AsSpan().Trim().Length > 0
        ? name
        : throw ApiException.Invalid(
            $"Invalid name '{name}' of a registered model: it must not contain '/' or ':', and not be blank, '.' or '..'.");
}
