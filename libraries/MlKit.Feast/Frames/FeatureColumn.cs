namespace MlKit.Feast;

/// <summary>One named column of a <see cref="FeatureFrame"/>.</summary>
/// <remarks>
/// <see cref="Values"/> is a typed array: <c>string?[]</c>, <c>long[]</c>, <c>long?[]</c>, <c>double[]</c>,
/// <c>DateTimeOffset?[]</c>, <c>string[]?[]</c> and so on, or <c>object?[]</c>. Null means no value.
/// </remarks>
public sealed class FeatureColumn
{
    /// <summary>Makes a column over the array itself, without a copy.</summary>
    /// <exception cref="FeastException">The name is empty.</exception>
    public FeatureColumn(string name, Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (string.IsNullOrEmpty(name))
        {
            throw new FeastException("a column needs a name");
        }

        Name = name;
        Values = values;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The values, one per row.</summary>
    public Array Values { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Values.Length;

    /// <summary>The value of a row, or null.</summary>
    public object? this[int row] => Values.GetValue(row);

    /// <summary>
    /// The values as <typeparamref name="T"/>; numbers are converted to other number types, and a null becomes
    /// <paramref name="missing"/>.
    /// </summary>
    /// <exception cref="FeastException">A value has no such conversion; the message names column, row and types.</exception>
    public T[] To<T>(T missing = default!)
    {
        if (Values is T[] exact && typeof(T).IsValueType && Nullable.GetUnderlyingType(typeof(T)) is null)
        {
            return exact;
        }

        var result = new T[Count];
        for (var row = 0; row < result.Length; row++)
        {
            result[row] = this[row] switch
            {
                null => missing,
                T value => value,
                var other => Convert<T>(other, row),
            };
        }

        return result;
    }

    private T Convert<T>(object value, int row)
    {
        var target = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        try
        {
            return (T)System.Convert.ChangeType(value, target, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException)
        {
            throw new FeastException(
                $"column '{Name}' row {row} holds a {value.GetType().Name}, which is no {target.Name}", error);
        }
    }
}
