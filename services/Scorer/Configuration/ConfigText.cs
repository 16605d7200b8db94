using System.Text.Json;

namespace MlKit.Scorer.Configuration;

/// <summary>
/// A model's configuration as it is written, before its fields get a meaning: protobuf text (<c>config.pbtxt</c>) or
/// JSON (the load call). A value is a text or a <see cref="ConfigText"/>.
/// </summary>
internal sealed class ConfigText
{
    private const int MaxDepth = 32;
    private readonly Dictionary<string, List<object>> _fields = new(StringComparer.Ordinal);

    /// <summary>The fields by name, in the order of their first appearance.</summary>
    public IEnumerable<KeyValuePair<string, List<object>>> Fields => _fields;

    public bool Has(string field) => _fields.ContainsKey(field);

    /// <summary>The values of a field; empty where it is not there.</summary>
    public IReadOnlyList<object> Values(string field) => _fields.TryGetValue(field, out var values) ? values : [];

    /// <exception cref="FormatException">It is not protobuf text; the message says why.</exception>
    public static ConfigText Parse(string text) => ReadMessage(new ConfigTokens(text), end: null, depth: 0);

    /// <exception cref="FormatException">It is not a JSON object; the message says why.</exception>
    public static ConfigText ParseJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? FromJson(document.RootElement)
                : throw new FormatException("the configuration must be a JSON object");
        }
        catch (JsonException error)
        {
            throw new FormatException($"the configuration is not valid JSON: {error.Message}", error);
        }
    }

    private static ConfigText FromJson(JsonElement element)
    {
        var message = new ConfigText();
        foreach (var member in element.EnumerateObject())
        {
            var values = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToList() : [member.Value];
            foreach (var value in values.Where(value => value.ValueKind != JsonValueKind.Null))
            {
                message.Add(member.Name, value.ValueKind switch
                {
                    JsonValueKind.Object => FromJson(value),
                    JsonValueKind.String => value.GetString()!,
                    _ => value.GetRawText(),
                });
            }
        }

        return message;
    }

    private static ConfigText ReadMessage(ConfigTokens tokens, string? end, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"the configuration is nested deeper than {MaxDepth} levels");
        }

        var message = new ConfigText();
        while (tokens.Next() is { } token)
        {
            if (end is not null && token.Is(end))
            {
                return message;
            }

            if (!token.Is(",") && !token.Is(";"))
            {
                message.ReadField(tokens, token, depth);
            }
        }

        return end is null ? message : throw new FormatException($"the configuration ends before '{end}'");
    }

    private void ReadField(ConfigTokens tokens, ConfigToken name, int depth)
    {
        if (name.IsQuoted || !(char.IsAsciiLetter(name.Text[0]) || name.Text[0] == '_'))
        {
            throw new FormatException($"the configuration has '{name.Text}' where the name of a field belongs");
        }

        var token = tokens.Next();
        if (token is { } colon && colon.Is(":"))
        {
            token = tokens.Next();
        }

        if (token is { } bracket && bracket.Is("["))
        {
            ReadList(tokens, name.Text, depth);
            return;
        }

        Add(name.Text, ReadValue(tokens, name.Text, token, depth));
    }

    private void ReadList(ConfigTokens tokens, string name, int depth)
    {
        while (tokens.Next() is { } token)
        {
            if (token.Is("]"))
            {
                return;
            }

            if (!token.Is(","))
            {
                Add(name, ReadValue(tokens, name, token, depth));
            }
        }

        throw new FormatException("the configuration ends before ']'");
    }

    private static object ReadValue(ConfigTokens tokens, string name, ConfigToken? token, int depth) => token switch
    {
        null => throw new FormatException($"the configuration ends after '{name}'"),
        { } open when open.Is("{") => ReadMessage(tokens, "}", depth + 1),
        { } open when open.Is("<") => ReadMessage(tokens, ">", depth + 1),
        { IsQuoted: false, Text: "}" or "]" or ">" or "[" or ":" or "," or ";" } mark =>
            throw new FormatException($"'{name}' has no value: '{mark.Text}' follows it"),
        { } value => value.Text,
    };

    private void Add(string name, object value)
    {
        if (!_fields.TryGetValue(name, out var values))
        {
            _fields[name] = values = [];
        }

        values.Add(value);
    }
}
