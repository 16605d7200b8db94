using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MlKit.FeatureServer.Http;

/// <summary>A JSON object from a request, read member by member; problems are collected and answered together.</summary>
internal sealed class RequestBody : IDisposable
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    private readonly JsonDocument _document;
    private readonly List<BodyProblem> _problems = [];

    private RequestBody(JsonDocument document) => _document = document;

    /// <exception cref="BodyException">The body is absent, no JSON, or no object.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        if (content.Length == 0)
        {
            throw BodyException.Of([new BodyProblem("missing", ["body"], "Field required", null)]);
        }

        if (!IsJson(request.ContentType))
        {
            var text = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(content.Span), BodyJson.Default.String);
            throw BodyException.Of([NoObject(text)]);
        }

        var document = Parse(content);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            using (document)
            {
                throw BodyException.Of([NoObject(document.RootElement.Clone())]);
            }
        }

        return new RequestBody(document);
    }

    /// <exception cref="BodyException">There are problems.</exception>
    public void ThrowIfProblems()
    {
        if (_problems.Count > 0)
        {
            throw BodyException.Of(_problems);
        }
    }

    public string? OptionalText(string name) => Find(name) is { } value && value.ValueKind != JsonValueKind.Null ? Text(value, name) : null;

    public string Text(string name) => Required(name) is { } value ? Text(value, name) : "";

    public string Text(string name, string fallback) => Find(name) is { } value ? Text(value, name) : fallback;

    /// <summary>Accepts what pydantic does: true and false, 0 and 1, and the words for them.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.String when Words.Flag(value.GetString()!) is { } word:
                return word;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && number is 0 or 1:
                return value.GetDouble() == 1;
            case JsonValueKind.String or JsonValueKind.Number:
                _problems.Add(new BodyProblem("bool_parsing", ["body", name], Words.NoFlag, value));
                return fallback;
            default:
                _problems.Add(new BodyProblem("bool_type", ["body", name], "Input should be a valid boolean", value));
                return fallback;
        }
    }

    /// <summary>A flag of the query; false where it is absent.</summary>
    public bool Query(HttpRequest request, string name)
    {
        if (request.Query[name] is not [{ } word])
        {
            return false;
        }

        if (Words.Flag(word) is { } flag)
        {
            return flag;
        }

        _problems.Add(new BodyProblem("bool_parsing", ["query", name], Words.NoFlag, JsonSerializer.SerializeToElement(word, BodyJson.Default.String)));
        return false;
    }

    /// <summary>A list of objects, each of which must have these texts.</summary>
    public void RequireTexts(string list, params ReadOnlySpan<string> members)
    {
        if (Required(list) is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _problems.Add(NoList(value, "body", list));
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            foreach (var member in members)
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(member, out _))
                {
                    _problems.Add(new BodyProblem("missing", ["body", list, index, member], "Field required", item));
                }
            }

            index++;
        }
    }

    /// <summary>A member that must be there, whatever it is.</summary>
    public void Require(string name) => Required(name);

    /// <summary>A list of texts; <paramref name="fallback"/> where it is absent, or null where that is allowed.</summary>
    public IReadOnlyList<string>? Texts(string name, IReadOnlyList<string>? fallback, bool allowNull)
    {
        if (Find(name) is not { } value || (allowNull && value.ValueKind == JsonValueKind.Null))
        {
            return fallback;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _problems.Add(NoList(value, "body", name));
            return fallback;
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                texts.Add(item.GetString()!);
            }
            else
            {
                _problems.Add(new BodyProblem("string_type", ["body", name, texts.Count], "Input should be a valid string", item));
                texts.Add("");
            }
        }

        return texts;
    }

    /// <summary>Named columns: an object whose members are lists.</summary>
    public List<(string Name, JsonElement Items)> Columns(string name) => Members(name, listsOnly: true);

    /// <summary>A table as pandas takes it: members are lists, or single values that count for every row.</summary>
    public List<(string Name, JsonElement Items)> Table(string name) => Members(name, listsOnly: false);

    private List<(string Name, JsonElement Items)> Members(string name, bool listsOnly)
    {
        var columns = new List<(string Name, JsonElement Items)>();
        if (Required(name) is not { } value)
        {
            return columns;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(new BodyProblem("dict_type", ["body", name], "Input should be a valid dictionary", value));
            return columns;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!listsOnly || member.Value.ValueKind == JsonValueKind.Array)
            {
                columns.RemoveAll(column => column.Name == member.Name);
                columns.Add((member.Name, member.Value));
            }
            else
            {
                _problems.Add(NoList(member.Value, "body", name, member.Name));
            }
        }

        return columns;
    }

    public void Dispose() => _document.Dispose();

    private string Text(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!;
        }

        _problems.Add(new BodyProblem("string_type", ["body", name], "Input should be a valid string", value));
        return "";
    }

    private JsonElement? Required(string name)
    {
        if (Find(name) is { } value)
        {
            return value;
        }

        _problems.Add(new BodyProblem("missing", ["body", name], "Field required", _document.RootElement));
        return null;
    }

    private JsonElement? Find(string name) => _document.RootElement.TryGetProperty(name, out var value) ? value : null;

    private static BodyProblem NoList(JsonElement value, params object[] location) =>
        new("list_type", location, "Input should be a valid list", value);

    private static BodyProblem NoObject(JsonElement input) =>
        new("model_attributes_type", ["body"], "Input should be a valid dictionary or object to extract fields from", input);

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType is { } media
        && (media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase)));

    private static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        if (!System.Text.Unicode.Utf8.IsValid(content.Span))
        {
            throw new BodyException(StatusCodes.Status400BadRequest, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("detail", "There was an error parsing the body");
                writer.WriteEndObject();
            });
        }

        try
        {
            return PythonJson.Parse(content);
        }
        catch (JsonException error)
        {
            throw BodyException.Of(
            [
                new BodyProblem("json_invalid", ["body", (int)(error.BytePositionInLine ?? 0)], "JSON decode error", EmptyObject)
                {
                    Context = "Expecting value",
                },
            ]);
        }
    }
}
