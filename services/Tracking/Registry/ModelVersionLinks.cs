using System.Text.Json.Nodes;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.LoggedModels;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>Notes on a logged model which versions were made from it, where MLflow's clients look for that.</summary>
internal static class ModelVersionLinks
{
    private const string Tag = "mlflow.modelVersions";

    public static void Note(SqlSession session, ModelVersion version)
    {
        if (version.ModelId is null || LoggedModelStore.Find(session, version.ModelId) is not { } model)
        {
            return;
        }

        var list = PythonJson.ReadList(LoggedModelStore.Tag(session, model.Number, Tag));
        list.Add((JsonNode)new JsonObject { ["name"] = version.ModelName, ["version"] = version.Version });
        LoggedModelStore.SetTags(session, model.Number, [new KeyValue(Tag, PythonJson.Write(list))]);
    }
}
