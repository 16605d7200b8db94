using System.Diagnostics.CodeAnalysis;

namespace MlKit.Feast;

/// <summary>A table of columns of equal length; rows of entities, features or both.</summary>
public sealed class FeatureFrame
{
    private readonly Dictionary<string, FeatureColumn> _byName;

    /// <summary>Makes a frame of the columns in this order.</summary>
    /// <exception cref="FeastException">Two columns have the same name, or the lengths differ.</exception>
    public FeatureFrame(params IEnumerable<FeatureColumn> columns)
    {
        Columns = [.. columns];
        _byName = new Dictionary<string, FeatureColumn>(Columns.Count, StringComparer.Ordinal);
        foreach (var column in Columns)
        {
            if (!_byName.TryAdd(column.Name, column))
            {
                throw new FeastException($"column '{column.Name}' is there twice");
            }

            if (column.Count != Columns[0].Count)
            {
                throw new FeastException(
                    $"column '{column.Name}' has {column.Count} rows, but '{Columns[0].Name}' has {Columns[0].Count}");
            }
        }
    }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Number of rows; zero without columns.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>The column of this name.</summary>
    /// <exception cref="FeastException">There is none; the message lists the columns.</exception>
    public FeatureColumn this[string name] => TryGet(name, out var column)
        ? column
        : throw new FeastException(
            $"there is no column '{name}'; the columns are {string.Join(", ", Columns.Select(each => each.Name))}");

    /// <summary>Finds a column by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FeatureColumn? column) => _byName.TryGetValue(name, out column);
}
