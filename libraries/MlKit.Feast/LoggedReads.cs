using System.Text.Json;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>
/// Logged online reads as JSON lines: time, references, join keys as they were sent, and per reference the serialized
/// values in base64.
/// </summary>
public static class LoggedReads
{
    /// <summary>One line, with its end.</summary>
    public static byte[] Line(DateTimeOffset time, IReadOnlyList<FeatureColumn> entities, OnlineFeatures answer)
    {
        ArgumentNullException.ThrowIfNull(entities);
        ArgumentNullException.ThrowIfNull(answer);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time);
            writer.WriteStartObject("entities");
            foreach (var column in entities)
            {
                writer.WriteStartArray(column.Name);
                for (var row = 0; row < column.Count; row++)
                {
                    Write(writer, column[row]);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteStartObject("values");
            foreach (var (reference, column) in answer.Features())
            {
                writer.WriteStartArray(reference);
                for (var row = 0; row < column.Count; row++)
                {
                    writer.WriteBase64StringValue(column.GetBytes(row).Span);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads a file of such lines; a last line that was cut off is left out.</summary>
    /// <exception cref="FeastException">The file cannot be read, or a line is none; the message names it.</exception>
    public static async Task<IReadOnlyList<LoggedOnlineRead>> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(path, cancellationToken);
            var reads = new List<LoggedOnlineRead>(lines.Length);
            for (var line = 0; line < lines.Length; line++)
            {
                if (TryParse(lines[line]) is { } read)
                {
                    reads.Add(read);
                }
                else if (line < lines.Length - 1)
                {
                    throw new FeastException($"'{path}' line {line + 1} is no logged read");
                }
            }

            return reads;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeastException($"the logged reads in '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter writer, object? key)
    {
        if (key is JsonElement element)
        {
            element.WriteTo(writer);
        }
        else
        {
            FeastJson.Write(writer, key as Value ?? FeastValue.Infer(key));
        }
    }

    private static LoggedOnlineRead? TryParse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var entities = root.GetProperty("entities").EnumerateObject().ToDictionary(
                column => column.Name, IReadOnlyList<object?> (column) => [.. column.Value.EnumerateArray().Select(JsonText.Native)]);
            var values = root.GetProperty("values").EnumerateObject().ToDictionary(
                column => column.Name,
                IReadOnlyList<object?> (column) => [.. column.Value.EnumerateArray().Select(value => FeastValue.ToNative(Value.Parser.ParseFrom(value.GetBytesFromBase64())))]);
            return new LoggedOnlineRead(root.GetProperty("time").GetDateTimeOffset(), [.. values.Keys], entities, values);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or Google.Protobuf.InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
