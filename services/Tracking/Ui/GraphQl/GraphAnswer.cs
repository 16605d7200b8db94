using System.Text.Json;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>Writes answers: every selected member is there, whatever its value.</summary>
internal static class GraphAnswer
{
    public static void Refuse(Utf8JsonWriter writer, IReadOnlyList<string> errors)
    {
        writer.WriteStartObject();
        writer.WriteNull("data");
        WriteErrors(writer, errors);
        writer.WriteEndObject();
    }

    public static void Write(
        Utf8JsonWriter writer, IReadOnlyList<GraphSelection> selections, IReadOnlyList<object?> values,
        IReadOnlyList<string> errors)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("data");
        for (var i = 0; i < selections.Count; i++)
        {
            Write(writer, GraphSchema.Query, selections[i], values[i]);
        }

        writer.WriteEndObject();
        WriteErrors(writer, errors);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GraphType owner, GraphSelection selection, object? value)
    {
        writer.WritePropertyName(selection.Key);
        if (selection.Field is not { } field)
        {
            writer.WriteStringValue(owner.Name);
        }
        else if (field.IsList)
        {
            writer.WriteStartArray();
            foreach (var item in (IReadOnlyList<object>?)value ?? [])
            {
                WriteObject(writer, field.Type!, selection, item);
            }

            writer.WriteEndArray();
        }
        else if (field.Type is { } type && value is not null)
        {
            WriteObject(writer, type, selection, value);
        }
        else
        {
            WriteScalar(writer, value);
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, GraphType type, GraphSelection selection, object value)
    {
        writer.WriteStartObject();
        foreach (var child in selection.Children)
        {
            Write(writer, type, child, child.Field?.Read(value));
        }

        writer.WriteEndObject();
    }

    /// <summary>JSON has no NaN; MLflow answers null.</summary>
    private static void WriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteErrors(Utf8JsonWriter writer, IReadOnlyList<string> errors)
    {
        if (errors.Count == 0)
        {
            writer.WriteNull("errors");
            return;
        }

        writer.WriteStartArray("errors");
        foreach (var error in errors)
        {
            writer.WriteStringValue(error);
        }

        writer.WriteEndArray();
    }
}
