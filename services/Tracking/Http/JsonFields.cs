using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace MlKit.Tracking.Http;

/// <summary>
/// Reads the members of a JSON object by MLflow's rules: null is absent, lowerCamelCase is accepted beside
/// snake_case, numbers also come as text. Path and index are what error messages put before a member's name.
/// </summary>
internal readonly struct JsonFields(JsonElement element, string path = "", int index = -1, bool textFromNumbers = false)
{
    private static readonly ConcurrentDictionary<string, string> CamelCase = new(StringComparer.Ordinal);

    public FieldName NameOf(string name) => new(path, index, name);

    public bool TryGet(string name, out JsonElement value)
    {
        if (element.ValueKind == JsonValueKind.Object
            && (element.TryGetProperty(name, out value) || TryGetCamelCase(name, out value)))
        {
            return value.ValueKind != JsonValueKind.Null;
        }

        value = default;
        return false;
    }

    public string? Text(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => TextOf(value, NameOf(name)),
            JsonValueKind.Number when textFromNumbers => value.GetRawText(),
            _ => throw WrongType(name, value),
        };
    }

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw ApiException.MissingParameter(NameOf(name));

    /// <summary>An id, which is text but which clients also send as a whole number.</summary>
    public string? Id(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number
        ? value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : throw WrongType(name, value)
        : Text(name);

    public long? Int64(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return ToInt64(value, out var number) ? number : throw WrongType(name, value);
        }

        return value.ValueKind == JsonValueKind.String
            && long.TryParse(TextOf(value, NameOf(name)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw WrongType(name, value);
    }

    public double? Double(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetDouble();
        }

        return value.ValueKind == JsonValueKind.String && Numbers.TryParse(TextOf(value, NameOf(name)), out var number)
            ? number
            : throw WrongType(name, value);
    }

    public bool? Flag(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw WrongType(name, value),
        };
    }

    public IReadOnlyList<string> TextList(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw WrongType(name, value);
        }

        var list = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            list.Add(item.ValueKind == JsonValueKind.String ? TextOf(item, NameOf(name)) : throw WrongType(name, value));
        }

        return list;
    }

    /// <summary>A list of objects, for example tags; inside it numbers are taken where text is meant.</summary>
    public JsonFields[] Objects(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw WrongType(name, value);
        }

        var list = new JsonFields[value.GetArrayLength()];
        var inside = NameOf(name).ToString();
        var position = 0;
        foreach (var item in value.EnumerateArray())
        {
            list[position] = item.ValueKind == JsonValueKind.Object
                ? new JsonFields(item, inside, position, textFromNumbers: true)
                : throw WrongType(name, value);
            position++;
        }

        return list;
    }

    public JsonFields Object(string name)
    {
        if (!TryGet(name, out var value))
        {
            throw ApiException.MissingParameter(NameOf(name));
        }

        return value.ValueKind == JsonValueKind.Object
            ? new JsonFields(value, NameOf(name) + ".", textFromNumbers: true)
            : throw WrongType(name, value);
    }

    private static bool ToInt64(JsonElement value, out long number)
    {
        if (value.TryGetInt64(out number))
        {
            return true;
        }

        var real = value.GetDouble();
        number = real is >= -9.2e18 and <= 9.2e18 && Math.Floor(real) == real ? (long)real : 0;
        return number == real;
    }

    private bool TryGetCamelCase(string name, out JsonElement value)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            value = default;
            return false;
        }

        return element.TryGetProperty(CamelCase.GetOrAdd(name, ToCamelCase), out value);
    }

    private static string ToCamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(
        string.Concat(name.Split('_').Select(part => part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..])));

    /// <summary>The text of a JSON string; half a surrogate pair, which JSON can spell, is no text.</summary>
    public static string TextOf(JsonElement value, FieldName name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ApiException.Invalid($"The value of parameter '{name}' holds half a surrogate pair, which is no text.");
        }
    }

    /// <summary>The name of a member, which may not be text either.</summary>
    public static string KeyOf(JsonProperty member, FieldName name)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw ApiException.Invalid($"A key in parameter '{name}' holds half a surrogate pair, which is no text.");
        }
    }

    private ApiException WrongType(string name, JsonElement value)
    {
        var text = value.GetRawText();
        return ApiException.WrongType(NameOf(name), text.Length > 200 ? text[..200] + "..." : text, value.ValueKind switch
        {
            JsonValueKind.Array => "list",
            JsonValueKind.Object => "dict",
            JsonValueKind.String => "str",
            JsonValueKind.Number => text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? "int" : "float",
            _ => "bool",
        });
    }
}
