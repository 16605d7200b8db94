using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace MlKit.Feast;

/// <summary>JSON features: text stays as it is, other values are written with Python's default spacing.</summary>
internal static class JsonText
{
    public static string From(object value)
    {
        if (value is JsonElement { ValueKind: JsonValueKind.String } quoted)
        {
            value = quoted.GetString()!;
        }

        if (value is string text)
        {
            using var checkedText = JsonDocument.Parse(text);
            return text;
        }

        var json = new StringBuilder();
        Write(json, value is JsonElement element ? Native(element) : value);
        return json.ToString();
    }

    /// <summary>Numbers become <c>long</c> where they are whole and fit, else <c>double</c>.</summary>
    public static object? Native(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Native).ToList(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(member => member.Name, member => Native(member.Value)),
        _ => null,
    };

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        // A whole number beyond 64 bits stays exact, so that it can be refused, or shown as the text it was.
        return BigInteger.TryParse(element.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large)
            ? large
            : element.GetDouble();
    }

    /// <summary>Python escapes all that is not ASCII, and nothing else than it must.</summary>
    private static void WriteText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' or > '~' => json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => json.Append(character),
            };
        }

        json.Append('"');
    }

    private static void Write(StringBuilder json, object? value)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case string text:
                WriteText(json, text);
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case IDictionary members:
                WriteObject(json, members);
                break;
            case IEnumerable items:
                WriteArray(json, items);
                break;
            case IFormattable number and (sbyte or byte or short or ushort or int or uint or long or ulong or decimal):
                json.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case double or float:
                json.Append(FeastScalars.Text(value));
                break;
            default:
                throw new InvalidCastException($"{value.GetType().Name} is no JSON");
        }
    }

    private static void WriteObject(StringBuilder json, IDictionary members)
    {
        json.Append('{');
        var separator = "";
        foreach (DictionaryEntry member in members)
        {
            json.Append(separator);
            Write(json, Convert.ToString(member.Key, CultureInfo.InvariantCulture));
            json.Append(": ");
            Write(json, member.Value);
            separator = ", ";
        }

        json.Append('}');
    }

    private static void WriteArray(StringBuilder json, IEnumerable items)
    {
        json.Append('[');
        var separator = "";
        foreach (var item in items)
        {
            json.Append(separator);
            Write(json, item);
            separator = ", ";
        }

        json.Append(']');
    }
}
