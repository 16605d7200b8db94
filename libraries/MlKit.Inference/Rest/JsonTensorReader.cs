using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>
/// Reads the <c>data</c> of a JSON tensor, flat or nested as the shape says, into the binary form. Integers of 64 bits
/// stay exact; a number that does not fit its type is refused, never wrapped around.
/// </summary>
internal ref struct JsonTensorReader
{
    private readonly string _name;
    private readonly TensorDataType _type;
    private readonly ReadOnlySpan<long> _shape;
    private readonly int _count;
    private readonly ArrayBufferWriter<byte>? _texts;
    private readonly byte[] _numbers;
    private int _at;
    private Utf8JsonReader _reader;
    private int _found;

    private JsonTensorReader(string name, TensorDataType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> json)
    {
        _name = name;
        _type = type;
        _shape = shape;
        _count = TensorShape.ElementCount(name, shape);
        // The declared count is not trusted for the allocation: each element takes at least two bytes of JSON.
        var plausible = Math.Min(_count, (json.Length / 2) + 1);
        _texts = type == TensorDataType.Bytes ? new ArrayBufferWriter<byte>(Math.Max(16, plausible * 8)) : null;
        _numbers = type == TensorDataType.Bytes ? [] : new byte[plausible * type.ElementSize()];
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = RestBodyReader.MaxDepth });
    }

    public static ReadOnlyMemory<byte> Read(string name, TensorDataType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> json)
    {
        if (!type.HasJsonForm())
        {
            throw InferenceException.Invalid($"tensor '{name}': {type.WireName()} has no JSON form; send it as binary data");
        }

        var reader = new JsonTensorReader(name, type, shape, json);
        return reader.Read();
    }

    private ReadOnlyMemory<byte> Read()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw InferenceException.Invalid($"tensor '{_name}': 'data' must be an array");
        }

        ReadArray(0);
        if (_found != _count)
        {
            throw InferenceException.Invalid(
                $"tensor '{_name}': 'data' holds {_found} elements, shape {TensorShape.Format(_shape)} has {_count}");
        }

        return _texts?.WrittenMemory ?? _numbers;
    }

    private void ReadArray(int depth)
    {
        var arrays = 0;
        var values = 0;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartArray)
            {
                arrays++;
                ReadArray(depth + 1);
            }
            else
            {
                values++;
                ReadElement();
            }
        }

        CheckNesting(depth, arrays, values);
    }

    /// <summary>Values may stand flat in the outermost array; otherwise every array has the length of its dimension.</summary>
    private readonly void CheckNesting(int depth, int arrays, int values)
    {
        var flat = depth == 0 && arrays == 0;
        var nested = depth < _shape.Length
            && arrays + values == _shape[depth]
            && (depth == _shape.Length - 1 ? arrays == 0 : values == 0);
        if (!flat && !nested)
        {
            throw InferenceException.Invalid(
                $"tensor '{_name}': the nesting of 'data' does not follow shape {TensorShape.Format(_shape)}; a flat array is fine too");
        }
    }

    private void ReadElement()
    {
        if (++_found > _count)
        {
            throw InferenceException.Invalid(
                $"tensor '{_name}': 'data' holds more than the {_count} elements of shape {TensorShape.Format(_shape)}");
        }

        if (_type == TensorDataType.Bytes)
        {
            ReadText();
        }
        else if (_type == TensorDataType.Bool)
        {
            Append(ReadBool() ? (byte)1 : (byte)0);
        }
        else
        {
            ReadNumber();
        }
    }

    private bool ReadBool() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when _reader.TryGetByte(out var bit) && bit <= 1 => bit == 1,
        _ => throw Unfit("true or false"),
    };

    private void ReadText()
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            throw Unfit("a string");
        }

        const int prefix = sizeof(int);
        var span = _texts!.GetSpan(prefix + _reader.ValueSpan.Length);
        var length = _reader.CopyString(span[prefix..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        _texts.Advance(prefix + length);
    }

    private void ReadNumber()
    {
        if (_reader.TokenType == JsonTokenType.String && _type is TensorDataType.Fp32 or TensorDataType.Fp64)
        {
            AppendFloating(ReadBareWord());
            return;
        }

        if (_reader.TokenType != JsonTokenType.Number)
        {
            throw Unfit("a number");
        }

        switch (_type)
        {
            case TensorDataType.UInt8 when _reader.TryGetByte(out var value):
                Append(value);
                break;
            case TensorDataType.UInt16 when _reader.TryGetUInt16(out var value):
                Append(value);
                break;
            case TensorDataType.UInt32 when _reader.TryGetUInt32(out var value):
                Append(value);
                break;
            case TensorDataType.UInt64 when _reader.TryGetUInt64(out var value):
                Append(value);
                break;
            case TensorDataType.Int8 when _reader.TryGetSByte(out var value):
                Append(value);
                break;
            case TensorDataType.Int16 when _reader.TryGetInt16(out var value):
                Append(value);
                break;
            case TensorDataType.Int32 when _reader.TryGetInt32(out var value):
                Append(value);
                break;
            case TensorDataType.Int64 when _reader.TryGetInt64(out var value):
                Append(value);
                break;
            case TensorDataType.Fp32 when _reader.TryGetSingle(out var value) && float.IsFinite(value):
                Append(value);
                break;
            case TensorDataType.Fp64 when _reader.TryGetDouble(out var value) && double.IsFinite(value):
                Append(value);
                break;
            default:
                throw Unfit($"a number that {_type.WireName()} can hold");
        }
    }

    /// <summary>Clients write NaN and the infinities as bare words; <see cref="BareWords"/> has put them in quotes.</summary>
    private double ReadBareWord() => _reader.ValueSpan switch
    {
        var text when text.SequenceEqual("NaN"u8) => double.NaN,
        var text when text.SequenceEqual("Infinity"u8) => double.PositiveInfinity,
        var text when text.SequenceEqual("-Infinity"u8) => double.NegativeInfinity,
        _ => throw Unfit("a number"),
    };

    private void AppendFloating(double value)
    {
        if (_type == TensorDataType.Fp32)
        {
            Append((float)value);
        }
        else
        {
            Append(value);
        }
    }

    private void Append<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_numbers.AsSpan(_at), value);
        _at += Unsafe.SizeOf<T>();
    }

    private InferenceException Unfit(string wanted)
    {
        var shown = System.Text.Encoding.UTF8.GetString(_reader.ValueSpan[..Math.Min(40, _reader.ValueSpan.Length)]);
        return InferenceException.Invalid($"tensor '{_name}': element {_found - 1} is '{shown}', it must be {wanted}");
    }
}
