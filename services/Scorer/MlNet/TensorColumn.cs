using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlKit.Inference;

namespace MlKit.Scorer.MlNet;

/// <summary>A tensor of [N, width] read as a column of ML.NET.</summary>
internal abstract class TensorColumn
{
    /// <summary>The column of a tensor, or of default values where it is left out.</summary>
    public static TensorColumn Create(DataViewSchema.Column column, Tensor? tensor)
    {
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        var values = item.RawType == typeof(ReadOnlyMemory<char>) ? typeof(TextColumn) : typeof(NumberColumn<>).MakeGenericType(item.RawType);
        return (TensorColumn)Activator.CreateInstance(values, tensor, column.Type is VectorDataViewType sized ? sized.Size : null)!;
    }

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the column's type.</summary>
    /// <param name="row">Gives the row that is read.</param>
    public abstract Delegate Getter(Func<int> row);
}

/// <summary>A column of values of one type.</summary>
/// <param name="width">Length of the vector in each row (0: any); null: a scalar.</param>
/// <param name="rowWidth">Values of each row of the tensor.</param>
internal abstract class TensorColumn<T>(int? width, int rowWidth) : TensorColumn
{
    public override Delegate Getter(Func<int> row)
    {
        if (width is null)
        {
            return new ValueGetter<T>((ref T value) => value = Value(row(), 0));
        }

        return new ValueGetter<VBuffer<T>>((ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, rowWidth > 0 ? rowWidth : width.Value);
            for (var i = 0; i < editor.Values.Length; i++)
            {
                editor.Values[i] = Value(row(), i);
            }

            value = editor.Commit();
        });
    }

    protected abstract T Value(int row, int index);

    protected int Index(int row, int index) => (row * rowWidth) + index;

    protected static int WidthOf(Tensor? tensor) => tensor is null || tensor.Shape[0] == 0 ? 0 : (int)(tensor.Count / tensor.Shape[0]);
}

/// <summary>Numbers and truth values.</summary>
internal sealed class NumberColumn<T>(Tensor? tensor, int? width) : TensorColumn<T>(width, WidthOf(tensor))
    where T : unmanaged
{
    protected override T Value(int row, int index) => tensor is null ? default : MemoryMarshal.Cast<byte, T>(tensor.Data.Span)[Index(row, index)];
}

/// <summary>Texts.</summary>
internal sealed class TextColumn(Tensor? tensor, int? width) : TensorColumn<ReadOnlyMemory<char>>(width, WidthOf(tensor))
{
    private readonly string[] _texts = tensor is null ? [] : [.. ByteStrings.Split(tensor.Name, tensor.Data).Select(element => Encoding.UTF8.GetString(element.Span))];

    protected override ReadOnlyMemory<char> Value(int row, int index) => _texts.Length == 0 ? default : _texts[Index(row, index)].AsMemory();
}
