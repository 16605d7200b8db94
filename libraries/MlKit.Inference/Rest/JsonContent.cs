using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>What the JSON part of a request or response holds.</summary>
internal sealed class JsonContent
{
    private readonly List<JsonTensor> _located = [];

    private JsonContent()
    {
    }

    public string? Id { get; private set; }

    public string ModelName { get; private set; } = "";

    public string ModelVersion { get; private set; } = "";

    public Dictionary<string, object> Parameters { get; private set; } = [];

    public List<RequestedOutput> Requested { get; } = [];

    public List<Tensor> Tensors { get; } = [];

    /// <param name="json">The JSON part.</param>
    /// <param name="binary">What follows it.</param>
    /// <param name="list">The member that holds tensors: <c>inputs</c> of a request, <c>outputs</c> of a response.</param>
    public static JsonContent Read(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary, string list)
    {
        if (json.IsEmpty)
        {
            throw InferenceException.Invalid("the body is empty; it must be a JSON object");
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = RestBodyReader.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.Invalid("the body must be a JSON object");
        }

        var content = new JsonContent();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            content.ReadMember(ref reader, list);
        }

        // Fails where anything but white space follows the object.
        reader.Read();
        content.Resolve(json, binary);
        return content;
    }

    private void ReadMember(ref Utf8JsonReader reader, string list)
    {
        var member = reader.GetString()!;
        reader.Read();
        switch (member)
        {
            case "id":
                Id = reader.TokenType is JsonTokenType.String or JsonTokenType.Null
                    ? reader.GetString()
                    : throw InferenceException.Invalid("'id' must be a string");
                break;
            case "parameters":
                Parameters = JsonParameters.Read(ref reader, "request");
                break;
            case var _ when member == list:
                ReadTensors(ref reader, list);
                break;
            case "outputs":
                ReadRequested(ref reader);
                break;
            case "model_name" when reader.TokenType == JsonTokenType.String:
                ModelName = reader.GetString()!;
                break;
            case "model_version" when reader.TokenType == JsonTokenType.String:
                ModelVersion = reader.GetString()!;
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadTensors(ref Utf8JsonReader reader, string list)
    {
        EnterArray(ref reader, list);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _located.Add(JsonTensor.Locate(ref reader, list));
        }
    }

    private void ReadRequested(ref Utf8JsonReader reader)
    {
        EnterArray(ref reader, "outputs");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Requested.Add(ReadOutput(ref reader));
        }
    }

    private static RequestedOutput ReadOutput(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.Invalid("every member of 'outputs' must be an object");
        }

        string? name = null;
        Dictionary<string, object> parameters = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = reader.GetString();
            reader.Read();
            if (member == "name" && reader.TokenType == JsonTokenType.String)
            {
                name = reader.GetString();
            }
            else if (member == "parameters")
            {
                parameters = JsonParameters.Read(ref reader, $"output '{name}'");
            }
            else
            {
                reader.Skip();
            }
        }

        return new RequestedOutput(name ?? throw InferenceException.Invalid("a requested output has no 'name'")) { Parameters = parameters };
    }

    private static void EnterArray(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw InferenceException.Invalid($"'{member}' must be an array");
        }
    }

    private void Resolve(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary)
    {
        var at = 0;
        foreach (var tensor in _located)
        {
            var length = tensor.BinaryLength ?? 0;
            if (length > binary.Length - at)
            {
                throw InferenceException.Invalid(
                    $"the binary tensors take at least {(long)at + length} bytes, {binary.Length} follow the JSON");
            }

            Tensors.Add(tensor.Resolve(json, binary.Slice(at, length)));
            at += length;
        }

        if (at != binary.Length)
        {
            throw InferenceException.Invalid($"{binary.Length} bytes follow the JSON, the tensors take {at} of them");
        }
    }
}
