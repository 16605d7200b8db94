using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using MlKit.Mlflow;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>Runs as a table in which any number of them can be scrolled through: only what is in sight is asked for.</summary>
public partial class RunTable
{
    private const float RowHeight = 37;
    private const int FirstRows = 60;
    private const int MostSelected = 1000;
    private RunIndex? _index;
    private RunCache? _cache;
    private RunTree? _tree;
    private RunGroups? _groups;
    private RunQuery? _shownQuery;
    private RunTableView? _shownView;
    private IReadOnlyList<RunRow> _start = [];
    private IReadOnlyList<Run> _pinned = [];
    private Virtualize<RunRow>? _rows;

    /// <summary>Which runs.</summary>
    [Parameter, EditorRequired]
    public RunQuery Query { get; set; } = null!;

    /// <summary>How they are shown.</summary>
    [Parameter, EditorRequired]
    public RunTableView View { get; set; } = null!;

    /// <summary>Chosen runs by id.</summary>
    [Parameter, EditorRequired]
    public Dictionary<string, Run> Selected { get; set; } = [];

    /// <summary>Another order is wanted.</summary>
    [Parameter]
    public EventCallback<string> OnSort { get; set; }

    /// <summary>The choice has changed.</summary>
    [Parameter]
    public EventCallback OnSelect { get; set; }

    /// <summary>Further runs came into sight.</summary>
    [Parameter]
    public EventCallback<RunTableState> OnLoaded { get; set; }

    /// <summary>Show or hide what belongs to a row.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    /// <summary>Keep a run at the top, or no longer.</summary>
    [Parameter]
    public EventCallback<string> OnPin { get; set; }

    /// <summary>Leave a run out of charts, or no longer.</summary>
    [Parameter]
    public EventCallback<string> OnHide { get; set; }

    [Inject]
    internal Database Database { get; set; } = null!;

    private bool GroupsByMetric => RunColumn.Parse(Query.Order[..Query.Order.LastIndexOf(' ')]) is { Kind: ColumnKind.Metric };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Query != _shownQuery)
        {
            await ReloadAsync();
        }
        else if (_index is not null && !Same(View, _shownView))
        {
            await TryAsync(ArrangeAsync);
            await (_rows?.RefreshDataAsync() ?? Task.CompletedTask);
        }
    }

    /// <summary>Asks anew, for example after runs were deleted.</summary>
    public async Task ReloadAsync()
    {
        var query = _shownQuery = Query;
        IReadOnlyList<Run?> first = [];
        await TryAsync(async () =>
        {
            var index = await RunIndex.ReadAsync(Database, query);
            if (query != _shownQuery)
            {
                return;
            }

            (_index, _cache, _shownView) = (index, new RunCache(Client, index, query), null);
            await ArrangeAsync();
            _start = await RowsAsync(0, FirstRows, Gone);

            // Closed groups have no runs in sight; the first runs tell what columns there are all the same.
            first = await _cache.GetAsync([.. Enumerable.Range(0, Math.Min(FirstRows, index.Count))], Gone);
        });
        await TellAsync(first);
    }

    private static bool Same(RunTableView view, RunTableView? other) => other is not null && view.IsFlat == other.IsFlat && view.Value == other.Value
        && view.Columns.SequenceEqual(other.Columns) && view.GroupBy.SequenceEqual(other.GroupBy)
        && view.Open.SequenceEqual(other.Open) && view.Pinned.SequenceEqual(other.Pinned);

    private async Task ArrangeAsync()
    {
        var (view, before, index) = (View, _shownView, _index!);
        _shownView = view;
        if (before is null || view.IsFlat != before.IsFlat || view.Value != before.Value || !view.GroupBy.SequenceEqual(before.GroupBy))
        {
            _groups = view.GroupBy.Count == 0 ? null : await Task.Run(() => Group(index, view));
            _tree = _groups is null ? new RunTree(index.Parents, !view.IsFlat) : new RunTree(_groups);
        }

        if (_groups is { } groups)
        {
            await Task.Run(() => groups.Prepare(view.Columns));
        }

        _tree!.Open(_groups is null ? index.Find(view.Open) : Enumerable.Range(0, _groups.Count).Where(group => view.Open.Contains(_groups.Name(group))));
        _pinned = before is not null && view.Pinned.SequenceEqual(before.Pinned) ? _pinned : await PinnedAsync(view.Pinned);
    }

    private RunGroups Group(RunIndex index, RunTableView view)
    {
        var groups = new RunGroups(index, view.GroupBy);
        if (GroupsByMetric)
        {
            groups.Sort(RunColumn.Parse(Query.Order[..Query.Order.LastIndexOf(' ')])!, view.Value, Query.Order.EndsWith(" DESC", StringComparison.Ordinal));
        }

        return groups;
    }

    private async Task<IReadOnlyList<Run>> PinnedAsync(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var filter = $"attributes.run_id IN ({string.Join(',', ids.Select(id => $"'{id.Replace("'", "", StringComparison.Ordinal)}'"))})";
        var runs = (await Client.SearchRunsAsync(Query.Experiments, filter, null, ids.Count, null, ViewType.All, Gone)).Items;
        return [.. ids.Select(id => runs.FirstOrDefault(run => run.Info.RunId == id)).OfType<Run>()];
    }

    private async ValueTask<ItemsProviderResult<RunRow>> ProvideAsync(ItemsProviderRequest request)
    {
        IReadOnlyList<RunRow> rows = [];
        await TryAsync(async () => rows = await RowsAsync(request.StartIndex, request.Count, request.CancellationToken));
        await TellAsync(rows.Select(row => row.Run));
        return new ItemsProviderResult<RunRow>(rows, _tree!.Rows.Count);
    }

    private async Task<IReadOnlyList<RunRow>> RowsAsync(int start, int count, CancellationToken cancellationToken)
    {
        var (tree, groups) = (_tree!, _groups);
        var places = tree.Rows.Skip(start).Take(count).ToList();
        var runs = await _cache!.GetAsync([.. places.Select(place => place.Run)], cancellationToken);
        return [.. places.Select((place, i) => place.Group >= 0
                ? new RunRow(groups!.Name(place.Group), null, place.Group, 0, tree.Below(place), place.Group)
                : runs[i] is { } run ? new RunRow(run.Info.RunId, run, -1, place.Depth, tree.Below(place), place.Run) : null)
            .OfType<RunRow>()];
    }

    private Task TellAsync(IEnumerable<Run?> runs) => OnLoaded.InvokeAsync(
        new RunTableState([.. runs.OfType<Run>()], _index?.Count ?? 0, _groups?.Count ?? 0));

    private async Task SelectAllAsync(bool selected)
    {
        if (selected)
        {
            await SelectPlacesAsync([.. Enumerable.Range(0, Math.Min(_index!.Count, MostSelected))], true);
        }
        else
        {
            Selected.Clear();
            await OnSelect.InvokeAsync();
        }
    }

    private Task SelectGroupAsync(int group, bool selected) => SelectPlacesAsync([.. _groups!.Members(group).Take(MostSelected)], selected);

    private async Task SelectPlacesAsync(IReadOnlyList<int> places, bool selected)
    {
        IReadOnlyList<Run?> runs = [];
        await TryAsync(async () => runs = await _cache!.GetAsync(places, Gone));
        await SelectAsync(runs.OfType<Run>(), selected);
    }

    private async Task SelectAsync(IEnumerable<Run> runs, bool selected)
    {
        foreach (var run in runs)
        {
            if (selected)
            {
                Selected[run.Info.RunId] = run;
            }
            else
            {
                Selected.Remove(run.Info.RunId);
            }
        }

        await OnSelect.InvokeAsync();
    }
}
