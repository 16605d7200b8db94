namespace MlKit.Tracking.Ui.Runs;

/// <summary>Which rows a table has: runs with the runs that belong to them, or groups with their runs; closed ones hide theirs.</summary>
internal sealed class RunTree
{
    private readonly int[] _first;
    private readonly int[] _next;
    private readonly int[] _below;
    private readonly RunGroups? _groups;
    private readonly HashSet<int> _open = [];
    private readonly List<RowPlace> _rows = [];

    /// <summary>A tree of runs; flat where <paramref name="nested"/> is false.</summary>
    public RunTree(IReadOnlyList<int> parents, bool nested)
    {
        (_first, _next, _below) = (new int[parents.Count], new int[parents.Count], new int[parents.Count]);
        Array.Fill(_first, -1);
        var root = -1;

        // From the end, so that each becomes the first of those after it.
        for (var i = parents.Count - 1; i >= 0; i--)
        {
            ref var first = ref nested && parents[i] >= 0 ? ref _first[parents[i]] : ref root;
            (_next[i], first) = (first, i);
            if (nested && parents[i] >= 0)
            {
                _below[parents[i]]++;
            }
        }

        Root = root;
        Fill();
    }

    /// <summary>A list of groups.</summary>
    public RunTree(RunGroups groups)
    {
        (_first, _next, _below, _groups, Root) = ([], [], [], groups, -1);
        Fill();
    }

    /// <summary>The rows in sight if one scrolled to them.</summary>
    public IReadOnlyList<RowPlace> Rows => _rows;

    private int Root { get; }

    /// <summary>How many runs belong to a run, or to a group.</summary>
    public int Below(RowPlace row) => row.Group >= 0 ? _groups!.Members(row.Group).Count : _groups is null ? _below[row.Run] : 0;

    /// <summary>Whether those are shown.</summary>
    public bool IsOpen(RowPlace row) => _open.Contains(row.Group >= 0 ? row.Group : row.Run);

    /// <summary>Opens these runs, or groups, and closes all others.</summary>
    public void Open(IEnumerable<int> places)
    {
        _open.Clear();
        _open.UnionWith(places);
        Fill();
    }

    private void Fill()
    {
        _rows.Clear();
        for (var group = 0; group < _groups?.Count; group++)
        {
            _rows.Add(new RowPlace(-1, group, 0));
            if (_open.Contains(group))
            {
                _rows.AddRange(_groups.Members(group).Select(run => new RowPlace(run, -1, 1)));
            }
        }

        FillFrom(Root);
    }

    private void FillFrom(int root)
    {
        // Not by calls within calls: nobody says how deep runs may be nested.
        var rest = new Stack<(int Run, int Depth)>();
        rest.Push((root, 0));
        while (rest.TryPop(out var at))
        {
            if (at.Run < 0)
            {
                continue;
            }

            _rows.Add(new RowPlace(at.Run, -1, at.Depth));
            rest.Push((_next[at.Run], at.Depth));
            if (_open.Contains(at.Run))
            {
                rest.Push((_first[at.Run], at.Depth + 1));
            }
        }
    }
}

/// <summary>What a row shows.</summary>
/// <param name="Run">The place of a run in the index; -1 for a group.</param>
/// <param name="Group">The number of a group; -1 for a run.</param>
/// <param name="Depth">How deep it is.</param>
internal readonly record struct RowPlace(int Run, int Group, int Depth);
