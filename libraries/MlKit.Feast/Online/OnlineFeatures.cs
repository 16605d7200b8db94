namespace MlKit.Feast;

/// <summary>The answer of an online read: join keys as they were sent, then the features.</summary>
public sealed class OnlineFeatures
{
    private readonly int _keyCount;
    private readonly IReadOnlyList<PlannedView> _planned;

    internal OnlineFeatures(IReadOnlyList<OnlineColumn> columns, int keyCount, OnlinePlan plan)
    {
        Columns = columns;
        Views = plan.ViewVersions;
        _keyCount = keyCount;
        _planned = plan.Views;
    }

    /// <summary>One column per name.</summary>
    public IReadOnlyList<OnlineColumn> Columns { get; }

    /// <summary>The views that were read, in the order of the request.</summary>
    public IReadOnlyList<ViewVersion> Views { get; }

    /// <summary>Number of columns that are features.</summary>
    public int FeatureCount => Columns.Count - _keyCount;

    /// <summary>The column of this name.</summary>
    /// <exception cref="FeastException">There is none.</exception>
    public OnlineColumn this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new FeastException($"the answer has no '{name}'; it has {string.Join(", ", Columns.Select(column => column.Name))}");

    /// <summary>Whether every view was asked for by its own join keys, not by names that a feature service maps to them.</summary>
    public bool UsesPlainJoinKeys => _planned.All(view => view.View.JoinKeys.Select(key => key.Name).SequenceEqual(view.RequestKeys));

    /// <summary>The features with the references that they have in the registry.</summary>
    public IEnumerable<(string Reference, OnlineColumn Column)> Features()
    {
        var next = _keyCount;
        foreach (var view in _planned)
        {
            foreach (var feature in view.Features)
            {
                yield return ($"{view.View.Name}:{feature.Name}", Columns[next++]);
            }
        }
    }

    /// <summary>How many values of each view have each status, for statistics.</summary>
    public IEnumerable<(string View, FieldStatus Status, int Count)> StatusCounts()
    {
        var next = _keyCount;
        foreach (var view in _planned)
        {
            var counts = new int[(int)FieldStatus.OutsideMaxAge + 1];
            for (var i = 0; i < view.Features.Count; i++)
            {
                Columns[next++].AddStatuses(counts);
            }

            for (var status = 0; status < counts.Length; status++)
            {
                if (counts[status] > 0)
                {
                    yield return (view.View.Name, (FieldStatus)status, counts[status]);
                }
            }
        }
    }
}
