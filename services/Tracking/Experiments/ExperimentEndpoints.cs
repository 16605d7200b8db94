using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Datasets;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Experiments;

/// <summary>The calls below <c>experiments/</c>.</summary>
internal sealed class ExperimentEndpoints(Database database, Clock clock) : IEndpoints
{
    private const int LongestName = 500;

    public void Map(ApiRoutes routes)
    {
        routes.Post("experiments/create", CreateAsync);
        routes.Get("experiments/get", request => Get(session =>
            ExperimentStore.Require(session, request.RequiredId("experiment_id"))));
        routes.Get("experiments/get-by-name", request => Get(session => ByName(session, request.RequiredText("experiment_name"))));
        routes.Post("experiments/search", Search);
        routes.Get("experiments/search", Search);
        routes.Get("experiments/list", Search);
        routes.Post("experiments/update", UpdateAsync);
        routes.Post("experiments/delete", request => SetDeletedAsync(request, true));
        routes.Post("experiments/restore", request => SetDeletedAsync(request, false));
        routes.Post("experiments/set-experiment-tag", SetTagAsync);
        routes.Post("experiments/delete-experiment-tag", DeleteTagAsync);
        routes.Ajax(HttpMethods.Post, "experiments/search-datasets", SearchDatasets);
    }

    private async ValueTask<Reply> CreateAsync(ApiRequest request)
    {
        var name = NameRules.Length(request.RequiredText("name"), "name", LongestName);
        var location = request.Text("artifact_location") is { Length: > 0 } given ? ArtifactLocation.Check(given) : null;
        var tags = request.Tags(NameRules.LongestExperimentTagValue);
        var id = await database.WriteAsync(session => ExperimentStore.Create(session, name, location, tags, clock.NowMs()));
        return Reply.Json(
            new ExperimentIdReply(id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            TrackingJson.Default.ExperimentIdReply);
    }

    private ValueTask<Reply> Get(Func<SqlSession, Experiment> find) => ValueTask.FromResult(database.Read(session =>
    {
        var experiment = find(session);
        return Reply.Json(
            new ExperimentReply(experiment.ToMessage(ExperimentStore.Tags(session, experiment.Id))),
            TrackingJson.Default.ExperimentReply);
    }));

    private static Experiment ByName(SqlSession session, string name) => ExperimentStore.FindByName(session, name)
        ?? throw ApiException.Missing($"Could not find experiment with name '{name}'.");

    private ValueTask<Reply> Search(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => ExperimentSearch.Run(session, request)), TrackingJson.Default.ExperimentsReply));

    private async ValueTask<Reply> UpdateAsync(ApiRequest request)
    {
        var id = request.RequiredId("experiment_id");
        var name = NameRules.Length(request.RequiredText("new_name"), "new_name", LongestName);
        await database.WriteAsync(session =>
            ExperimentStore.Rename(session, ExperimentStore.RequireActive(session, id), name, clock.NowMs()));
        return Reply.Empty;
    }

    private async ValueTask<Reply> SetDeletedAsync(ApiRequest request, bool deleted)
    {
        var id = request.RequiredId("experiment_id");
        await database.WriteAsync(session =>
        {
            var experiment = ExperimentStore.Require(session, id);
            if (experiment.Deleted == deleted)
            {
                throw ApiException.Missing($"No {(deleted ? "active" : "deleted")} experiment with id={id} exists.");
            }

            ExperimentStore.SetDeleted(session, experiment, deleted, clock.NowMs());
        });
        return Reply.Empty;
    }

    private async ValueTask<Reply> SetTagAsync(ApiRequest request)
    {
        var id = request.RequiredId("experiment_id");
        var tag = request.Tag(NameRules.LongestExperimentTagValue);
        await database.WriteAsync(session =>
            ExperimentStore.SetTag(session, ExperimentStore.RequireActive(session, id).Id, tag));
        return Reply.Empty;
    }

    private async ValueTask<Reply> DeleteTagAsync(ApiRequest request)
    {
        var id = request.RequiredId("experiment_id");
        var key = request.RequiredText("key");
        await database.WriteAsync(session =>
        {
            if (!ExperimentStore.DeleteTag(session, ExperimentStore.RequireActive(session, id).Id, key))
            {
                throw ApiException.Missing($"No tag with name '{key}' in experiment with id {id}.");
            }
        });
        return Reply.Empty;
    }

    private ValueTask<Reply> SearchDatasets(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => DatasetStore.Summaries(session, request.IdList("experiment_ids"))),
        TrackingJson.Default.DatasetSummariesReply));
}
