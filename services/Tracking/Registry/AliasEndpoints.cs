using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>The calls of <c>registered-models/alias</c>.</summary>
internal sealed class AliasEndpoints(Database database) : IEndpoints
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("registered-models/alias", Get);
        routes.Post("registered-models/alias", SetAsync);
        routes.Delete("registered-models/alias", DeleteAsync);
    }

    private ValueTask<Reply> Get(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var alias = request.RequiredText("alias");
        return ValueTask.FromResult(Reply.Json(
            database.Read(session =>
            {
                var model = RegisteredModelStore.Require(session, name);
                var version = alias.Equals(AliasRules.Newest, StringComparison.OrdinalIgnoreCase)
                    ? session.Number("SELECT MAX(version) FROM model_versions WHERE model = $1 AND deleted = 0", model.Number)
                    : session.Number(
                        "SELECT version FROM registered_model_aliases WHERE model = $1 AND alias = $2", model.Number, alias);
                var found = version is { } number ? ModelVersionStore.Find(session, name, number) : null;
                return new ModelVersionReply(ModelVersionStore.ToMessage(
                    session, found ?? throw ApiException.Invalid($"Registered model alias {alias} not found.")));
            }),
            TrackingJson.Default.ModelVersionReply));
    }

    private async ValueTask<Reply> SetAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var alias = AliasRules.Check(request.RequiredText("alias"));
        var version = request.RequiredText("version");
        await database.WriteAsync(session =>
        {
            var found = ModelVersionStore.Require(session, name, version);
            session.Execute(
                "INSERT INTO registered_model_aliases (model, alias, version) VALUES ($1, $2, $3) "
                + "ON CONFLICT (model, alias) DO UPDATE SET version = excluded.version",
                found.Model, alias, found.Version);
        });
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteAsync(ApiRequest request)
    {
        var name = request.RequiredText("name");
        var alias = request.RequiredText("alias");
        await database.WriteAsync(session => session.Execute(
            "DELETE FROM registered_model_aliases WHERE model = $1 AND alias = $2",
            RegisteredModelStore.Require(session, name).Number, alias));
        return Reply.Empty;
    }
}
