namespace MlKit.Feast;

/// <summary>The answer of an online read: join keys as they were sent, then the features.</summary>
public sealed class OnlineFeatures
{
    internal OnlineFeatures(IReadOnlyList<OnlineColumn> columns, IReadOnlyList<ViewVersion> views)
    {
        Columns = columns;
        Views = views;
    }

    /// <summary>One column per name.</summary>
    public IReadOnlyList<OnlineColumn> Columns { get; }

    /// <summary>The views that were read, in the order of the request.</summary>
    public IReadOnlyList<ViewVersion> Views { get; }

    /// <summary>The column of this name.</summary>
    /// <exception cref="FeastException">There is none.</exception>
    public OnlineColumn this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new FeastException($"the answer has no '{name}'; it has {string.Join(", ", Columns.Select(column => column.Name))}");
}
