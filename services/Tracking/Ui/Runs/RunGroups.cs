namespace MlKit.Tracking.Ui.Runs;

/// <summary>Runs that have the same values in some columns.</summary>
internal sealed class RunGroups
{
    private readonly RunIndex _index;
    private readonly List<(string Name, List<int> Members)> _groups = [];
    private readonly Dictionary<string, IReadOnlyList<GroupCell>> _cells = [];

    /// <summary>Puts the runs into groups, which come in the order of their first runs.</summary>
    public RunGroups(RunIndex index, IReadOnlyList<RunColumn> by)
    {
        _index = index;
        var texts = by.Select(column => (column.Title, Values: index.Texts(column))).ToList();
        var numbers = new Dictionary<string, int>();
        for (var run = 0; run < index.Count; run++)
        {
            var name = string.Join(", ", texts.Select(column => $"{column.Title}: {column.Values[run] ?? "(none)"}"));
            if (!numbers.TryGetValue(name, out var number))
            {
                numbers[name] = number = _groups.Count;
                _groups.Add((name, []));
            }

            _groups[number].Members.Add(run);
        }
    }

    /// <summary>How many groups there are.</summary>
    public int Count => _groups.Count;

    /// <summary>What its runs have in common.</summary>
    public string Name(int group) => _groups[group].Name;

    /// <summary>The places of its runs in the index.</summary>
    public IReadOnlyList<int> Members(int group) => _groups[group].Members;

    /// <summary>Looks up what cells show, once for each column; takes a moment where there are many runs.</summary>
    public void Prepare(IEnumerable<RunColumn> columns)
    {
        foreach (var column in columns.Where(column => !_cells.ContainsKey(column.Id)).ToList())
        {
            _cells[column.Id] = column switch
            {
                { Kind: ColumnKind.Metric } => Numbers(_index.Values(column.Key)),
                { Kind: ColumnKind.Param or ColumnKind.Tag } or { Key: "datasets" } => Texts(_index.Texts(column)),
                _ => [],
            };
        }
    }

    /// <summary>What the cell of a group shows; null where there is nothing to say.</summary>
    public GroupCell? Cell(int group, RunColumn column) =>
        _cells.TryGetValue(column.Id, out var cells) && group < cells.Count ? cells[group] : null;

    /// <summary>Orders the groups by a metric of theirs; those without come last.</summary>
    public void Sort(RunColumn metric, GroupValue value, bool descending)
    {
        Prepare([metric]);
        var order = Enumerable.Range(0, Count).Select(group => (group, Number: Cell(group, metric)?.Number(value) ?? double.NaN))
            .OrderBy(item => double.IsNaN(item.Number)).ThenBy(item => descending ? -item.Number : item.Number).Select(item => item.group).ToList();
        var groups = order.Select(group => _groups[group]).ToList();
        _groups.Clear();
        _groups.AddRange(groups);
        _cells.Clear();
    }

    private List<GroupCell> Numbers(double[] values) => [.. _groups.Select(group =>
    {
        var numbers = group.Members.Select(run => values[run]).Where(double.IsFinite).ToList();
        return numbers.Count == 0 ? new GroupCell(null, 0, 0, 0, 0) : new GroupCell(null, numbers.Average(), numbers.Min(), numbers.Max(), numbers.Count);
    })];

    private List<GroupCell> Texts(string?[] texts) => [.. _groups.Select(group =>
    {
        var values = group.Members.Select(run => texts[run]).Distinct().Take(1000).ToList();
        return new GroupCell(values.Count == 1 ? values[0] ?? "" : $"{Display.Count(values.Count)} values", 0, 0, 0, 0);
    })];
}
