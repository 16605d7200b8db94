using System.Globalization;
using System.Text.Json;

namespace MlKit.Tracking.Http;

/// <summary>
/// The fields of one call, from the JSON body or, for GET, from the query. Disposed when the call is over: text that
/// was read stays valid, nested objects do not.
/// </summary>
internal sealed class ApiRequest : IDisposable
{
    private readonly JsonDocument? _document;
    private readonly JsonFields _body;
    private readonly IQueryCollection? _query;

    private ApiRequest(HttpContext context, JsonDocument? document, IQueryCollection? query)
    {
        Context = context;
        _document = document;
        _body = new JsonFields(document?.RootElement ?? default);
        _query = query;
    }

    public HttpContext Context { get; }

    public CancellationToken Aborted => Context.RequestAborted;

    public static async ValueTask<ApiRequest> ReadAsync(HttpContext context)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method);
        return isGet && (context.Request.Query.Count > 0 || context.Request.ContentLength is null or 0)
            ? new ApiRequest(context, null, context.Request.Query)
            : new ApiRequest(context, await RequestBody.ReadAsync(context), null);
    }

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string)Context.Request.RouteValues[name]!;

    public string? Text(string name) => _query is null ? _body.Text(name) : First(name);

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw ApiException.MissingParameter(name);

    /// <summary>Whether the field is there at all, as empty text too.</summary>
    public bool Has(string name) => _query is null ? _body.TryGet(name, out _) : _query.ContainsKey(name);

    /// <summary>Whether the field is a JSON number.</summary>
    public bool IsNumber(string name) =>
        _query is null && _body.TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number;

    public string? Id(string name) => _query is null ? _body.Id(name) : First(name);

    public string RequiredId(string name) =>
        Id(name) is { Length: > 0 } id ? id : throw ApiException.MissingParameter(name);

    /// <summary>The run's id: <c>run_id</c>, or its deprecated twin <c>run_uuid</c>.</summary>
    public string RequiredRunId() => Text("run_id") is { Length: > 0 } id
        ? id
        : Text("run_uuid") is { Length: > 0 } twin ? twin : throw ApiException.MissingParameter("run_id");

    public long? Int64(string name)
    {
        if (_query is null)
        {
            return _body.Int64(name);
        }

        if (First(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ApiException.WrongType(name, $"'{text}'", "str");
    }

    public bool? Flag(string name)
    {
        if (_query is null)
        {
            return _body.Flag(name);
        }

        return First(name) is not { Length: > 0 } text
            ? null
            : bool.TryParse(text, out var flag) ? flag : throw ApiException.WrongType(name, $"'{text}'", "str");
    }

    public double? Double(string name) => _body.Double(name);

    public IReadOnlyList<string> TextList(string name) =>
        _query is null ? _body.TextList(name) : [.. _query[name].Where(value => value is not null).Select(value => value!)];

    /// <summary>Ids in a list: text, or whole numbers.</summary>
    public IReadOnlyList<string> IdList(string name)
    {
        if (_query is not null || !_body.TryGet(name, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            return TextList(name);
        }

        return [.. value.EnumerateArray()
            .Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(item => item.ValueKind == JsonValueKind.String ? JsonFields.TextOf(item, name) : item.GetRawText())];
    }

    public JsonFields[] Objects(string name) => _body.Objects(name);

    public JsonFields Object(string name) => _body.Object(name);

    /// <summary>An enum: its name, or its number. Names that are not known count as absent, as official servers do.</summary>
    public T? Enum<T>(string name, Func<string, T?> byName, Func<long, T?> byNumber)
        where T : struct
    {
        if (_query is null && _body.TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out var number) ? byNumber(number) : null;
        }

        return Text(name) is { } text ? byName(text) : null;
    }

    public void Dispose() => _document?.Dispose();

    private string? First(string name) => _query!.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;
}
