using System.Collections.Immutable;
using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>
/// One member of <c>inputs</c> or <c>outputs</c> as it stands in the JSON: its data are only located, because type and
/// shape may come after them, and binary data follow the JSON in the order of the list.
/// </summary>
internal sealed class JsonTensor
{
    private const string BinarySize = "binary_data_size";

    /// <summary>No runtime takes more dimensions.</summary>
    private const int MaxRank = 64;

    private string? _name;
    private string _nameBefore = "";
    private TensorDataType? _datatype;
    private ImmutableArray<long> _shape;
    private Range? _data;
    private int? _binaryLength;
    private Dictionary<string, object> _parameters = NoParameters.Instance;

    /// <summary>Bytes of binary data that follow the JSON; null: the data are in the JSON.</summary>
    public int? BinaryLength => _binaryLength;

    private string Where => _name is null ? "a tensor" : $"tensor '{_name}'";

    /// <summary>Reads the next tensor in place of the one before.</summary>
    public void Locate(ref Utf8JsonReader reader, string list)
    {
        (_name, _datatype, _shape, _data, _binaryLength, _parameters) = (null, null, default, null, null, NoParameters.Instance);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.Invalid($"every member of '{list}' must be an object");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            ReadMember(ref reader);
        }
    }

    /// <summary>The tensor, with its data from the JSON or from <paramref name="binary"/>.</summary>
    public Tensor Resolve(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary)
    {
        var name = _name ?? throw InferenceException.Invalid("a tensor has no 'name'");
        var type = _datatype ?? throw InferenceException.Invalid($"tensor '{name}': 'datatype' is missing, allowed are {TensorDataTypes.AllNames}");

        if (_shape.IsDefault)
        {
            throw InferenceException.Invalid($"tensor '{name}': 'shape' is missing");
        }

        return new Tensor(name, type, _shape, Data(name, type, json, binary)) { Parameters = _parameters };
    }

    private ReadOnlyMemory<byte> Data(string name, TensorDataType type, ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary)
    {
        if (BinaryLength is not null)
        {
            return _data is null
                ? binary
                : throw InferenceException.Invalid($"tensor '{name}': it has both 'data' and '{BinarySize}'; one of them is allowed");
        }

        var data = _data ?? throw InferenceException.Invalid($"tensor '{name}': neither 'data' nor parameter '{BinarySize}' is there");
        return JsonTensorReader.Read(name, type, _shape.AsSpan(), json[data]);
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            _name = ReadName(ref reader);
        }
        else if (reader.ValueTextEquals("datatype"u8))
        {
            _datatype = ReadDatatype(ref reader);
        }
        else if (reader.ValueTextEquals("shape"u8))
        {
            _shape = ReadShape(ref reader);
        }
        else if (reader.ValueTextEquals("parameters"u8))
        {
            reader.Read();
            _parameters = JsonParameters.Read(ref reader, _name ?? "", ref _binaryLength);
        }
        else
        {
            ReadOther(ref reader);
        }
    }

    private void ReadOther(ref Utf8JsonReader reader)
    {
        var isData = reader.ValueTextEquals("data"u8);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (isData)
        {
            _data = start..(int)reader.BytesConsumed;
        }
    }

    private string ReadName(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw InferenceException.Invalid($"{Where}: 'name' must be a string");
        }

        // The request before had mostly the same name.
        return reader.ValueTextEquals(_nameBefore) ? _nameBefore : _nameBefore = reader.GetString()!;
    }

    private TensorDataType ReadDatatype(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw InferenceException.Invalid($"{Where}: 'datatype' must be a string");
        }

        return TensorDataTypes.Find(ref reader)
            ?? throw InferenceException.Invalid($"{Where}: 'datatype' is '{reader.GetString()}', allowed are {TensorDataTypes.AllNames}");
    }

    private ImmutableArray<long> ReadShape(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw InferenceException.Invalid($"{Where}: 'shape' must be an array of integers");
        }

        Span<long> shape = stackalloc long[MaxRank];
        var rank = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var dimension))
            {
                throw InferenceException.Invalid($"{Where}: 'shape' must be an array of integers");
            }

            if (rank == MaxRank)
            {
                throw InferenceException.Invalid($"{Where}: 'shape' has more than {MaxRank} dimensions");
            }

            shape[rank++] = dimension;
        }

        return ImmutableArray.Create<long>(shape[..rank]);
    }
}
