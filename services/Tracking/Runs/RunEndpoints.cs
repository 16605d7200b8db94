using MlKit.Tracking.Datasets;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>The calls below <c>runs/</c> that are about runs as such.</summary>
internal sealed class RunEndpoints(Database database) : IEndpoints
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("runs/create", CreateAsync);
        routes.Post("runs/update", UpdateAsync);
        routes.Get("runs/get", Get);
        routes.Post("runs/delete", request => SetDeletedAsync(request, true));
        routes.Post("runs/restore", request => SetDeletedAsync(request, false));
        routes.Post("runs/search", Search);
        routes.Post("runs/log-model", LogModelAsync);
        routes.Post("runs/log-inputs", LogInputsAsync);
        routes.Post("runs/outputs", LogOutputsAsync);
    }

    private async ValueTask<Reply> CreateAsync(ApiRequest request)
    {
        // Experiment 0 is what clients mean that name none.
        var experimentId = request.Id("experiment_id");
        if (string.IsNullOrEmpty(experimentId))
        {
            throw ApiException.BadRequest("Missing value for required parameter 'experiment_id'.");
        }

        var tags = request.Tags(NameRules.LongestRunTagValue);
        if (tags.Count < request.Objects("tags").Length)
        {
            throw ApiException.BadRequest("The tags of a new run must have different keys.");
        }

        var name = ChooseName(request.Text("run_name"), tags);
        var userId = request.Text("user_id") ?? "";
        var startTime = request.Int64("start_time") ?? 0;
        var reply = await database.WriteAsync(session =>
        {
            var experiment = ExperimentStore.RequireActive(session, experimentId);
            var run = RunStore.Create(session, experiment, name, userId, startTime, tags);
            return new RunReply(RunReader.ToMessage(session, run));
        });
        return Reply.Json(reply, TrackingJson.Default.RunReply);
    }

    private static string ChooseName(string? given, IReadOnlyList<KeyValue> tags)
    {
        var tag = tags.FirstOrDefault(tag => tag.Key == RunNames.Tag)?.Value;
        if (given is { Length: > 0 } && tag is { Length: > 0 } && given != tag)
        {
            throw ApiException.Invalid(
                $"Both 'run_name' ('{given}') and tag '{RunNames.Tag}' ('{tag}') are given, and they differ.");
        }

        return given is { Length: > 0 } ? given : tag is { Length: > 0 } ? tag : RunNames.Next();
    }

    private async ValueTask<Reply> UpdateAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var status = request.Enum<RunStatus>("status", RunStatuses.ByName, RunStatuses.ByNumber);
        if (status is null && request.IsNumber("status"))
        {
            throw ApiException.Invalid("Invalid value for parameter 'status' supplied: as a number it is 1 to 5.");
        }

        var endTime = request.Int64("end_time");
        var name = request.Text("run_name") is { Length: > 0 } given ? given : null;
        var run = await database.WriteAsync(session =>
            RunStore.Update(session, RunStore.RequireActive(session, runId), status, endTime, name));
        return Reply.Json(new RunInfoReply(run.ToMessage()), TrackingJson.Default.RunInfoReply);
    }

    private ValueTask<Reply> Get(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var reply = database.Read(session =>
            new RunReply(RunReader.ToMessage(session, RunStore.Require(session, runId))));
        return ValueTask.FromResult(Reply.Json(reply, TrackingJson.Default.RunReply));
    }

    private async ValueTask<Reply> SetDeletedAsync(ApiRequest request, bool deleted)
    {
        var runId = request.RequiredRunId();
        await database.WriteAsync(session => RunStore.SetDeleted(session, RunStore.Require(session, runId), deleted));
        return Reply.Empty;
    }

    private ValueTask<Reply> Search(ApiRequest request) => ValueTask.FromResult(Reply.Json(
        database.Read(session => RunSearch.Run(session, request)), TrackingJson.Default.RunsReply));

    private async ValueTask<Reply> LogModelAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var model = LoggedModelHistory.Check(request.RequiredText("model_json"));
        await database.WriteAsync(session => LoggedModelHistory.Append(session, RunStore.RequireActive(session, runId), model));
        return Reply.Empty;
    }

    private async ValueTask<Reply> LogInputsAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var datasets = DatasetFields.Read(request);
        var models = request.Objects("models").Select(model => model.RequiredText("model_id")).ToList();
        await database.WriteAsync(session =>
        {
            var run = RunStore.RequireActive(session, runId);
            DatasetStore.Log(session, run, datasets);
            models.ForEach(model => session.Execute(
                "INSERT INTO run_model_inputs (run, model_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", run.Number, model));
        });
        return Reply.Empty;
    }

    private async ValueTask<Reply> LogOutputsAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        if (!request.Has("models"))
        {
            throw ApiException.MissingParameter("models");
        }

        var models = request.Objects("models")
            .Select(model => (Id: model.RequiredText("model_id"), Step: model.Int64("step") ?? 0)).ToList();
        await database.WriteAsync(session =>
        {
            var run = RunStore.RequireActive(session, runId);
            models.ForEach(model => session.Execute(
                "INSERT INTO run_model_outputs (run, model_id, step) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                run.Number, model.Id, model.Step));
        });
        return Reply.Empty;
    }
}
