using System.Text.Json;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Traces;

/// <summary>What a client says about a trace when it ends.</summary>
internal sealed record TraceFields(
    string TraceId, string ExperimentId, long TimestampMs, long? ExecutionMs, string State, string? ClientRequestId,
    string? RequestPreview, string? ResponsePreview, IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyDictionary<string, string> Tags)
{
    private const int LongestId = 250;

    public static TraceFields Read(ApiRequest request)
    {
        var info = request.Object("trace").Object("trace_info");
        return new TraceFields(
            CheckId(info.RequiredText("trace_id")),
            ReadExperiment(info.Object("trace_location")),
            info.Text("request_time") is { } time ? TraceTimes.ParseTime(time, info.NameOf("request_time")) : 0,
            info.Text("execution_duration") is { } duration
                ? TraceTimes.ParseDuration(duration, info.NameOf("execution_duration"))
                : null,
            ReadState(info), info.Text("client_request_id"), info.Text("request_preview"), info.Text("response_preview"),
            Map(info, "trace_metadata"), Map(info, "tags"));
    }

    /// <summary>The experiment of a location, as it is named in searches, too.</summary>
    public static string ReadExperiment(JsonFields location) =>
        location.Object("mlflow_experiment").Id("experiment_id") is { Length: > 0 } id
            ? id
            : throw ApiException.MissingParameter(location.NameOf("mlflow_experiment.experiment_id"));

    /// <summary>The id becomes a part of the path of the trace's artifacts.</summary>
    private static string CheckId(string id) => id.Contains('/', StringComparison.Ordinal)
        ? throw ApiException.Invalid($"Invalid trace id '{id}': it must not hold '/'.")
        : NameRules.Length(ArtifactPath.Required(id), "trace_id", LongestId);

    /// <summary>Names that are not known count as absent, as everywhere.</summary>
    private static string ReadState(JsonFields info)
    {
        if (info.TryGet("state", out var value) && value.ValueKind == JsonValueKind.Number)
        {
            return (value.TryGetInt32(out var number) ? number : 0) switch
            {
                1 => TraceKeys.Ok,
                2 => TraceKeys.Error,
                3 => TraceKeys.InProgress,
                _ => TraceKeys.Unspecified,
            };
        }

        return info.Text("state") is TraceKeys.Ok or TraceKeys.Error or TraceKeys.InProgress
            ? info.Text("state")!
            : TraceKeys.Unspecified;
    }

    private static Dictionary<string, string> Map(JsonFields fields, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!fields.TryGet(name, out var value))
        {
            return map;
        }

        fields.Object(name);
        foreach (var member in value.EnumerateObject())
        {
            map[JsonFields.KeyOf(member, fields.NameOf(name))] = member.Value.ValueKind switch
            {
                JsonValueKind.String => JsonFields.TextOf(member.Value, fields.NameOf(name)),
                JsonValueKind.Number => member.Value.GetRawText(),
                _ => throw ApiException.WrongType(fields.NameOf(name), "in it", "no str"),
            };
        }

        return map;
    }
}
