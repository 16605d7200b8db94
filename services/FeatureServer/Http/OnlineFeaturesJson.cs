using System.Text.Encodings.Web;
using System.Text.Json;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>The answer of an online read as Feast's server prints it: one entry of <c>results</c> per name.</summary>
internal static class OnlineFeaturesJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter writer, OnlineFeatures answer, bool withVersions)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("results"u8);
        foreach (var column in answer.Columns)
        {
            WriteColumn(writer, column);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("metadata"u8);
        writer.WriteStartArray("feature_names"u8);
        foreach (var column in answer.Columns)
        {
            writer.WriteStringValue(column.Name);
        }

        writer.WriteEndArray();
        if (withVersions)
        {
            WriteVersions(writer, answer.Views);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter writer, OnlineColumn column)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("values"u8);
        for (var row = 0; row < column.Count; row++)
        {
            FeastJson.Write(writer, column.GetValue(row));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("statuses"u8);
        foreach (var status in column.Statuses)
        {
            writer.WriteStringValue(Name(status));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("event_timestamps"u8);
        foreach (var time in column.EventTimes)
        {
            writer.WriteStringValue(time.ToString());
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteVersions(Utf8JsonWriter writer, IReadOnlyList<ViewVersion> views)
    {
        writer.WriteStartArray("feature_view_metadata"u8);
        foreach (var view in views)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, view.Name);
            if (view.Version != 0)
            {
                writer.WriteNumber("version"u8, view.Version);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Name(FieldStatus status) => status switch
    {
        FieldStatus.Present => "PRESENT"u8,
        FieldStatus.NullValue => "NULL_VALUE"u8,
        FieldStatus.NotFound => "NOT_FOUND"u8,
        FieldStatus.OutsideMaxAge => "OUTSIDE_MAX_AGE"u8,
        _ => "INVALID"u8,
    };
}
