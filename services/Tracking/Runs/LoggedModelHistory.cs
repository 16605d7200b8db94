using System.Text.Json;
using System.Text.Json.Nodes;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>How clients of MLflow 2 log models: each is an item of a JSON list in a tag of the run.</summary>
internal static class LoggedModelHistory
{
    private const string Tag = "mlflow.log-model.history";

    private static readonly string[] Mandatory = ["artifact_path", "flavors", "utc_time_created", "run_id"];

    /// <summary>What is kept of a model, in the order in which it is written.</summary>
    private static readonly string[] Kept = ["run_id", "artifact_path", "utc_time_created", "model_uuid", "flavors"];

    public static JsonObject Check(string json)
    {
        JsonObject model;
        try
        {
            model = JsonNode.Parse(json) as JsonObject ?? throw ApiException.Invalid("'model_json' must be a JSON object.");
        }
        catch (JsonException)
        {
            throw ApiException.Invalid("'model_json' is not valid JSON.");
        }

        var missing = Mandatory.Where(key => !model.ContainsKey(key)).ToList();
        return missing.Count == 0
            ? model
            : throw ApiException.Invalid($"'model_json' is missing mandatory fields: {string.Join(", ", missing)}.");
    }

    public static void Append(SqlSession session, Run run, JsonObject model)
    {
        var kept = new JsonObject();
        foreach (var key in Kept.Where(model.ContainsKey))
        {
            kept[key] = model[key]?.DeepClone();
        }

        var list = PythonJson.ReadList(RunStore.Tag(session, run, Tag));
        list.Add((JsonNode)kept);
        RunStore.SetTags(session, run, [new KeyValue(Tag, PythonJson.Write(list))]);
    }
}
