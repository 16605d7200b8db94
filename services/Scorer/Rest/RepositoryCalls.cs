using System.Text.Json;
using MlKit.Inference;
using MlKit.Scorer.Loading;

namespace MlKit.Scorer.Rest;

/// <summary><c>POST /v2/repository/models/NAME/load</c> and <c>/unload</c>.</summary>
internal static class RepositoryCalls
{
    public static async Task LoadAsync(HttpContext context, ModelControlCalls calls, ScorerOptions options)
    {
        var name = (string)context.Request.RouteValues["model"]!;
        using var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        await calls.LoadAsync(name, Read(body.Memory), context.RequestAborted);
    }

    public static async Task UnloadAsync(HttpContext context, ModelControlCalls calls, ScorerOptions options)
    {
        var name = (string)context.Request.RouteValues["model"]!;
        using var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        Parse(body.Memory)?.Dispose();
        await calls.UnloadAsync(name, context.RequestAborted);
    }

    private static LoadOverride Read(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        return document is not null && document.RootElement.TryGetProperty("parameters", out var parameters) ? Read(parameters) : LoadOverride.None;
    }

    /// <summary>The object of a body; null where the body is empty.</summary>
    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Invalid("the body must be a JSON object");
        }
        catch (JsonException error)
        {
            throw Invalid($"the body is not valid JSON: {error.Message}");
        }
    }

    private static LoadOverride Read(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("'parameters' must be an object");
        }

        string? config = null;
        var files = new List<KeyValuePair<string, byte[]>>();
        foreach (var parameter in parameters.EnumerateObject())
        {
            if (parameter.Name == "config")
            {
                config = parameter.Value.ValueKind == JsonValueKind.String ? parameter.Value.GetString() : throw Invalid("parameter 'config' must be a text that holds JSON");
            }
            else if (LoadOverride.IsFile(parameter.Name))
            {
                files.Add(new(parameter.Name, parameter.Value.ValueKind == JsonValueKind.String && parameter.Value.TryGetBytesFromBase64(out var content)
                    ? content
                    : throw Invalid($"parameter '{parameter.Name}' must be base64")));
            }
            else
            {
                throw Invalid($"parameter '{parameter.Name}' is unknown; allowed: config and file:PATH");
            }
        }

        return LoadOverride.Read(config, files);
    }

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
