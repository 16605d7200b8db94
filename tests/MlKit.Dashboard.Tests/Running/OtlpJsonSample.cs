using System.Text.Json.Nodes;

namespace MlKit.Dashboard.Tests.Running;

/// <summary>OTLP in JSON as a script would write it.</summary>
internal static class OtlpJsonSample
{
    /// <summary>A request with one log record.</summary>
    public static string Log(string service, string message) => new JsonObject
    {
        ["resourceLogs"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = new JsonArray(new JsonObject { ["key"] = "service.name", ["value"] = new JsonObject { ["stringValue"] = service } }) },
            ["scopeLogs"] = new JsonArray(new JsonObject { ["logRecords"] = new JsonArray(new JsonObject { ["body"] = new JsonObject { ["stringValue"] = message } }) }),
        }),
    }.ToJsonString();
}
