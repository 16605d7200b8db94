namespace MlKit.Inference;

/// <summary>Columns of rows as tensors of [rows, width], and back. Generated code calls this.</summary>
public static class TensorColumns
{
    /// <summary>A tensor of [rows, 1].</summary>
    public static Tensor Scalars<TRow, TValue>(string name, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        return Tensor.Create<TValue>(name, values, values.Length, 1);
    }

    /// <summary>A tensor of [rows, width].</summary>
    /// <exception cref="InferenceException">The rows have arrays of different lengths; the message names the tensor.</exception>
    public static Tensor Vectors<TRow, TValue>(string name, IReadOnlyList<TRow> rows, Func<TRow, TValue[]> value)
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        var width = rows.Count == 0 ? 0 : value(rows[0]).Length;
        var values = new TValue[rows.Count * width];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = value(rows[i]);
            if (row.Length != width)
            {
                throw InferenceException.Invalid($"tensor '{name}': row {i} has {row.Length} values, row 0 has {width}");
            }

            row.CopyTo(values, i * width);
        }

        return Tensor.Create<TValue>(name, values, rows.Count, width);
    }

    /// <summary>A BYTES tensor of [rows, 1].</summary>
    public static Tensor Texts<TRow>(string name, IReadOnlyList<TRow> rows, Func<TRow, string> value)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Tensor.FromStrings(name, [.. rows.Select(value)], rows.Count, 1);
    }

    /// <summary>The tensor of this name, which has so many rows as the others.</summary>
    /// <exception cref="InferenceException">There is none; the message lists those that are.</exception>
    public static Tensor Find(IReadOnlyList<Tensor> tensors, string name)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors.FirstOrDefault(tensor => tensor.Name == name)
            ?? throw InferenceException.Invalid($"there is no tensor '{name}', but {string.Join(", ", tensors.Select(tensor => $"'{tensor.Name}'"))}");
    }

    /// <summary>The number of rows of a tensor.</summary>
    /// <exception cref="InferenceException">It is a scalar.</exception>
    public static int Rows(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Shape.Length > 0 ? (int)tensor.Shape[0] : throw InferenceException.Invalid($"tensor '{tensor.Name}' has no rows");
    }

    /// <summary>The values of each row.</summary>
    public static T[][] Split<T>(Tensor tensor)
        where T : unmanaged
    {
        var rows = Rows(tensor);
        var values = tensor.ToArray<T>();
        var width = rows == 0 ? 0 : values.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(row => values[(row * width)..((row + 1) * width)])];
    }
}
