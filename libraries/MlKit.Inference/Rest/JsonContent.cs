using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>What the JSON part of a request or response holds.</summary>
internal sealed class JsonContent
{
    /// <summary>Reading a body never waits, so that one reader for each thread is enough.</summary>
    [ThreadStatic]
    private static JsonContent? _idle;

    private readonly List<JsonTensor> _located = [];
    private int _count;
    private List<RequestedOutput>? _requested;

    private JsonContent()
    {
    }

    public string? Id { get; private set; }

    public string ModelName { get; private set; } = "";

    public string ModelVersion { get; private set; } = "";

    public Dictionary<string, object> Parameters { get; private set; } = NoParameters.Instance;

    public IReadOnlyList<RequestedOutput> Requested => _requested ?? [];

    public Tensor[] Tensors { get; private set; } = [];

    /// <summary>The list of tensors is there, if only an empty one.</summary>
    public bool HasTensors { get; private set; }

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

        var content = _idle ?? new JsonContent();
        _idle = null;
        content.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            content.ReadMember(ref reader, list);
        }

        // Fails where anything but white space follows the object.
        reader.Read();
        content.Resolve(json, binary);
        return content;
    }

    /// <summary>Keeps the reader for the next body; what it holds must have been taken out.</summary>
    public void GiveBack()
    {
        Clear();
        _idle = this;
    }

    private void Clear()
    {
        (Id, ModelName, ModelVersion, _requested, _count) = (null, "", "", null, 0);
        (Parameters, Tensors, HasTensors) = (NoParameters.Instance, [], false);
    }

    private void ReadMember(ref Utf8JsonReader reader, string list)
    {
        if (reader.ValueTextEquals(list))
        {
            reader.Read();
            ReadTensors(ref reader, list);
        }
        else if (reader.ValueTextEquals("outputs"u8))
        {
            reader.Read();
            ReadRequested(ref reader);
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            Id = reader.TokenType is JsonTokenType.String or JsonTokenType.Null
                ? reader.GetString()
                : throw InferenceException.Invalid("'id' must be a string");
        }
        else if (reader.ValueTextEquals("parameters"u8))
        {
            reader.Read();
            Parameters = JsonParameters.Read(ref reader, "request");
        }
        else
        {
            ReadOther(ref reader);
        }
    }

    private void ReadOther(ref Utf8JsonReader reader)
    {
        var (isName, isVersion) = (reader.ValueTextEquals("model_name"u8), reader.ValueTextEquals("model_version"u8));
        reader.Read();
        if (isName && reader.TokenType == JsonTokenType.String)
        {
            ModelName = reader.GetString()!;
        }
        else if (isVersion && reader.TokenType == JsonTokenType.String)
        {
            ModelVersion = reader.GetString()!;
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadTensors(ref Utf8JsonReader reader, string list)
    {
        EnterArray(ref reader, list);
        HasTensors = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_count == _located.Count)
            {
                _located.Add(new JsonTensor());
            }

            _located[_count++].Locate(ref reader, list);
        }
    }

    private void ReadRequested(ref Utf8JsonReader reader)
    {
        EnterArray(ref reader, "outputs");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            (_requested ??= new List<RequestedOutput>(1)).Add(ReadOutput(ref reader));
        }
    }

    private static RequestedOutput ReadOutput(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.Invalid("every member of 'outputs' must be an object");
        }

        string? name = null;
        var parameters = NoParameters.Instance;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (isName, isParameters) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("parameters"u8));
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
            {
                name = reader.GetString();
            }
            else if (isParameters)
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
        Tensors = new Tensor[_count];
        for (var i = 0; i < Tensors.Length; i++)
        {
            var tensor = _located[i];
            var length = tensor.BinaryLength ?? 0;
            if (length > binary.Length - at)
            {
                throw InferenceException.Invalid(
                    $"the binary tensors take at least {(long)at + length} bytes, {binary.Length} follow the JSON");
            }

            Tensors[i] = tensor.Resolve(json, binary.Slice(at, length));
            at += length;
        }

        if (at != binary.Length)
        {
            throw InferenceException.Invalid($"{binary.Length} bytes follow the JSON, the tensors take {at} of them");
        }
    }
}
