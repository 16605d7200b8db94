using System.Text.Json;

namespace MlKit.FeatureServer.Http;

/// <summary>One entry of a 422 answer, in the words of Feast's server.</summary>
/// <param name="Type">Kind of problem, for example <c>missing</c>.</param>
/// <param name="Location">Where: <c>body</c> or <c>query</c>, then names and indexes.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Input">What was sent there; null: nothing.</param>
internal sealed record BodyProblem(string Type, IReadOnlyList<object> Location, string Message, JsonElement? Input)
{
    /// <summary>Text for the entry's <c>ctx.error</c>, or null.</summary>
    public string? Context { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteStartArray("loc");
        foreach (var part in Location)
        {
            if (part is int index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteStringValue((string)part);
            }
        }

        writer.WriteEndArray();
        writer.WriteString("msg", Message);
        writer.WritePropertyName("input");
        if (Input is { } input)
        {
            input.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        if (Context is not null)
        {
            writer.WriteStartObject("ctx");
            writer.WriteString("error", Context);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
