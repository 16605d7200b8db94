using System.Text.Json;
using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.Scorer.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Rest;

/// <summary>
/// KServe's V1 protocol as a thin adapter: <c>POST /v1/models/NAME:predict</c> with <c>{"instances": [...]}</c>. An
/// instance is a nested array for the first input, or an object with an array for each input; the answer is the first
/// output, nested.
/// </summary>
internal static class KserveV1
{
    private const string Predict = "predict";

    public static void MapKserveV1(this WebApplication app)
    {
        app.MapGet("/", (HttpContext context) => SendAsync(context, writer => writer.WriteString("status", "alive")));
        app.MapGet("/v1/models", ListAsync);
        app.MapGet("/v1/models/{model}", ReadyAsync);
        app.MapPost("/v1/models/{target}", PredictAsync);
    }

    private static Task ListAsync(HttpContext context, ModelCatalog catalog) => SendAsync(context, writer =>
    {
        writer.WriteStartArray("models");
        foreach (var entry in catalog.Entries)
        {
            writer.WriteStringValue(entry.Name);
        }

        writer.WriteEndArray();
    });

    private static Task ReadyAsync(HttpContext context, ModelCatalog catalog)
    {
        var name = (string)context.Request.RouteValues["model"]!;
        using var lease = catalog.Acquire(name, "");
        return RestEndpoints.SendAsync(context, new ModelReady(name, true), InferenceJson.Default.ModelReady);
    }

    private static async Task PredictAsync(HttpContext context, Inferencer inferencer, ScorerOptions options)
    {
        var target = (string)context.Request.RouteValues["target"]!;
        var colon = target.LastIndexOf(':');
        if (colon < 0 || target[(colon + 1)..] != Predict)
        {
            throw new InferenceException(InferenceErrorKind.Unsupported, $"'{(colon < 0 ? "" : target[colon..])}' is not supported; allowed: /v1/models/NAME:{Predict}");
        }

        using var ticket = await inferencer.EnterAsync(target[..colon], "", context.RequestAborted);
        using var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        var request = new InferRequest { Inputs = Read(body.Memory, ticket.Model.Signature.Inputs), Outputs = [new RequestedOutput(ticket.Model.Signature.Outputs[0].Name)] };
        var response = await inferencer.InferAsync(ticket.Model, request, context.RequestAborted);
        await SendAsync(context, writer =>
        {
            writer.WritePropertyName("predictions");
            NestedJson.Write(writer, Widened(response.Outputs[0]));
        });
    }

    /// <summary>Python, in which the protocol was defined, writes single floats with the digits of doubles.</summary>
    private static Tensor Widened(Tensor output) => output.DataType == TensorDataType.Fp32
        ? Tensor.Create<double>(output.Name, Array.ConvertAll(output.ToArray<float>(), value => (double)value), output.Shape.AsSpan())
        : output;

    private static List<Tensor> Read(ReadOnlyMemory<byte> body, IReadOnlyList<TensorSpec> inputs)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = RestBodyReader.MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("instances", out var instances)
                || instances.ValueKind != JsonValueKind.Array || instances.GetArrayLength() == 0)
            {
                throw Invalid("the body must be an object with 'instances', an array with at least one member");
            }

            if (inputs.Count == 0)
            {
                throw Invalid("the model has no inputs; ask for it at /v2/models/NAME/infer");
            }

            return instances[0].ValueKind == JsonValueKind.Object
                ? [.. inputs.Where(spec => instances[0].TryGetProperty(spec.Name, out _)).Select(spec => Column(spec, instances))]
                : [NestedJson.Read(inputs[0].Name, inputs[0].DataType, instances)];
        }
        catch (JsonException error)
        {
            throw Invalid($"the body is not valid JSON: {error.Message}");
        }
    }

    /// <summary>One input of every instance.</summary>
    private static Tensor Column(TensorSpec spec, JsonElement instances)
    {
        using var column = new MemoryStream();
        using (var writer = new Utf8JsonWriter(column))
        {
            writer.WriteStartArray();
            foreach (var instance in instances.EnumerateArray())
            {
                if (instance.ValueKind != JsonValueKind.Object || !instance.TryGetProperty(spec.Name, out var value))
                {
                    throw Invalid($"every instance must be an object with '{spec.Name}'");
                }

                value.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        using var document = JsonDocument.Parse(column.ToArray());
        return NestedJson.Read(spec.Name, spec.DataType, document.RootElement);
    }

    private static Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return ResponseBody.SendAsync(context, body.ToArray(), headerLength: null);
    }

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
