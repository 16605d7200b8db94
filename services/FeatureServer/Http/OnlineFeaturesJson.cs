using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>The answer of an online read as Feast's server prints it: one entry of <c>results</c> per name.</summary>
internal static class OnlineFeaturesJson
{
    public static JsonWriterOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter writer, OnlineFeatures answer, bool withVersions)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("results"u8);
        WriteColumns(writer, answer.Columns);
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

    /// <summary>The columns of a view share their statuses and times, which are rendered once.</summary>
    private static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<OnlineColumn> columns)
    {
        using var statuses = new Rendered<FieldStatus>(12 + 6, Render);
        using var times = new Rendered<EventTime>(32 + 3, Render);
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("values"u8);
            for (var row = 0; row < column.Count; row++)
            {
                column.WriteJson(writer, row);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("statuses"u8);
            writer.WriteRawValue(statuses.Of(column.Statuses), skipInputValidation: true);
            writer.WritePropertyName("event_timestamps"u8);
            writer.WriteRawValue(times.Of(column.EventTimes), skipInputValidation: true);
            writer.WriteEndObject();
        }
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

    private static int Render(FieldStatus status, Span<byte> text)
    {
        var name = status switch
        {
            FieldStatus.Present => "PRESENT"u8,
            FieldStatus.NullValue => "NULL_VALUE"u8,
            FieldStatus.NotFound => "NOT_FOUND"u8,
            FieldStatus.OutsideMaxAge => "OUTSIDE_MAX_AGE"u8,
            _ => "INVALID"u8,
        };
        name.CopyTo(text);
        return name.Length;
    }

    private static int Render(EventTime time, Span<byte> text) => time.Format(text);

    /// <summary>A JSON array of texts, rendered again only when another list comes.</summary>
    private sealed class Rendered<T>(int itemSize, Func<T, Span<byte>, int> render) : IDisposable
    {
        private IReadOnlyList<T>? _list;
        private byte[] _buffer = [];
        private int _length;

        public ReadOnlySpan<byte> Of(IReadOnlyList<T> list)
        {
            if (!ReferenceEquals(list, _list))
            {
                _list = list;
                Render(list);
            }

            return _buffer.AsSpan(0, _length);
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

        private void Render(IReadOnlyList<T> list)
        {
            var needed = 2 + (itemSize * list.Count);
            if (_buffer.Length < needed)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = ArrayPool<byte>.Shared.Rent(needed);
            }

            _length = 0;
            _buffer[_length++] = (byte)'[';
            for (var i = 0; i < list.Count; i++)
            {
                if (i > 0)
                {
                    _buffer[_length++] = (byte)',';
                }

                _buffer[_length++] = (byte)'"';
                _length += render(list[i], _buffer.AsSpan(_length));
                _buffer[_length++] = (byte)'"';
            }

            _buffer[_length++] = (byte)']';
        }
    }
}
