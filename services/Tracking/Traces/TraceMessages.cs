using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlKit.Tracking.Traces;

internal sealed record ExperimentLocationMessage(string ExperimentId);

internal sealed record TraceLocationMessage(string Type, ExperimentLocationMessage MlflowExperiment);

internal sealed record TraceInfoMessage(
    string TraceId, string? ClientRequestId, TraceLocationMessage TraceLocation, string? RequestPreview,
    string? ResponsePreview, string RequestTime, string? ExecutionDuration, string State,
    IReadOnlyDictionary<string, string>? TraceMetadata, IReadOnlyDictionary<string, string>? Tags);

/// <param name="TraceInfo">What is known about the trace as a whole.</param>
/// <param name="Spans">Its spans, each as the JSON that it is stored as.</param>
internal sealed record TraceMessage(TraceInfoMessage TraceInfo, IReadOnlyList<RawJson>? Spans = null);

internal sealed record TraceReply(TraceMessage Trace);

internal sealed record TracesReply(IReadOnlyList<TraceMessage>? Traces);

internal sealed record TraceInfosReply(IReadOnlyList<TraceInfoMessage>? TraceInfos);

internal sealed record TraceSearchReply(IReadOnlyList<TraceInfoMessage>? Traces, string? NextPageToken);

internal sealed record TracesDeletedReply(int TracesDeleted);

/// <summary>JSON that is passed on as it is.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(string Text);

internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("It is only written.");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);
}
