using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlKit.Inference;

namespace MlKit.Scorer.MlNet;

/// <summary>Gathers a column of ML.NET, row by row, into a tensor of [N, width].</summary>
internal abstract class OutputCollector
{
    public static OutputCollector Create(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        var collector = item.RawType == typeof(ReadOnlyMemory<char>) ? typeof(TextCollector) : typeof(NumberCollector<>).MakeGenericType(item.RawType);
        return (OutputCollector)Activator.CreateInstance(collector, cursor, column)!;
    }

    /// <summary>Takes the row that the cursor stands on.</summary>
    public abstract void Take();

    /// <summary>All rows.</summary>
    /// <exception cref="InferenceException">The rows have different lengths.</exception>
    public abstract Tensor ToTensor();
}

/// <summary>Reads one column.</summary>
internal abstract class OutputCollector<T> : OutputCollector
{
    private readonly ValueGetter<T>? _scalar;
    private readonly ValueGetter<VBuffer<T>>? _vector;
    private readonly string _name;
    private VBuffer<T> _buffer;
    private int _rows;
    private int? _width;

    protected OutputCollector(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        _name = column.Name;
        if (column.Type is VectorDataViewType vector)
        {
            _width = vector.IsKnownSize ? vector.Size : null;
            _vector = cursor.GetGetter<VBuffer<T>>(column);
        }
        else
        {
            _scalar = cursor.GetGetter<T>(column);
        }
    }

    public override void Take()
    {
        _rows++;
        var width = 1;
        if (_scalar is not null)
        {
            T value = default!;
            _scalar(ref value);
            Add(value);
        }
        else
        {
            _vector!(ref _buffer);
            width = _buffer.Length;
            foreach (var value in _buffer.DenseValues())
            {
                Add(value);
            }
        }

        if (_width is { } before && before != width)
        {
            throw new InferenceException(InferenceErrorKind.InvalidArgument, $"output '{_name}' has rows of {before} and of {width} values, which no tensor can hold; send them one by one");
        }

        _width = width;
    }

    public override Tensor ToTensor() => new(_name, DataType, [_rows, _width ?? 1], Data);

    protected abstract TensorDataType DataType { get; }

    protected abstract ReadOnlyMemory<byte> Data { get; }

    protected abstract void Add(T value);
}

/// <summary>Numbers and truth values.</summary>
internal sealed class NumberCollector<T>(DataViewRowCursor cursor, DataViewSchema.Column column) : OutputCollector<T>(cursor, column)
    where T : unmanaged
{
    private readonly ArrayBufferWriter<byte> _data = new();

    protected override TensorDataType DataType => TensorDataTypes.For<T>();

    protected override ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    protected override void Add(T value) => _data.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}

/// <summary>Texts.</summary>
internal sealed class TextCollector(DataViewRowCursor cursor, DataViewSchema.Column column) : OutputCollector<ReadOnlyMemory<char>>(cursor, column)
{
    private readonly List<string> _texts = [];

    protected override TensorDataType DataType => TensorDataType.Bytes;

    protected override ReadOnlyMemory<byte> Data => ByteStrings.Encode(CollectionsMarshal.AsSpan(_texts));

    protected override void Add(ReadOnlyMemory<char> value) => _texts.Add(value.ToString());
}
