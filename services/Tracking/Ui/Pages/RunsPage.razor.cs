using System.Globalization;
using Microsoft.AspNetCore.Components;
using MlKit.Mlflow;
using MlKit.Tracking.Storage;
using MlKit.Tracking.Ui.Runs;

namespace MlKit.Tracking.Ui.Pages;

/// <summary>The runs of one experiment or several; the address holds what is shown, with MLflow's own names.</summary>
public partial class RunsPage
{
    private static readonly (string? Mode, string Title, string Icon)[] Modes =
        [(null, "Table", "table"), ("CHART", "Charts", "chart"), ("ARTIFACT", "Artifact tables", "compare")];

    private static readonly (string Value, string Label, TimeSpan Age)[] Periods =
    [
        ("ALL", "Any time", TimeSpan.Zero), ("LAST_HOUR", "Last hour", TimeSpan.FromHours(1)),
        ("LAST_24_HOURS", "Last 24 hours", TimeSpan.FromDays(1)), ("LAST_7_DAYS", "Last 7 days", TimeSpan.FromDays(7)),
        ("LAST_30_DAYS", "Last 30 days", TimeSpan.FromDays(30)), ("LAST_YEAR", "Last year", TimeSpan.FromDays(365)),
    ];

    private readonly Dictionary<string, Run> _selected = [];
    private readonly RunKeys _keys = new();
    private IReadOnlyList<Experiment> _experiments = [];
    private ChartedSelection _charted = ChartedSelection.Empty;
    private IReadOnlyList<Run> _visible = [];
    private IReadOnlyList<string> _words = [];
    private string? _experimentsOf;
    private RunQuery? _query;
    private RunTableView _view = new([], false, [], GroupValue.Mean, [], [], []);
    private (RunQuery? Query, string View)? _chartedOf;
    private string? _dialog;
    private RunTable? _table;
    private RunTableState? _state;
    private bool _about;

    /// <summary>The experiment; null for several.</summary>
    [Parameter]
    public string? ExperimentId { get; set; }

    /// <summary>A page of MLflow's UI that this one stands for.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>A JSON list of experiments.</summary>
    [SupplyParameterFromQuery]
    public string? Experiments { get; set; }

    /// <summary>The filter.</summary>
    [SupplyParameterFromQuery]
    public string? SearchFilter { get; set; }

    /// <summary>What orders, for example <c>metrics.`loss`</c>.</summary>
    [SupplyParameterFromQuery]
    public string? OrderByKey { get; set; }

    /// <summary>Whether the smallest comes first.</summary>
    [SupplyParameterFromQuery]
    public string? OrderByAsc { get; set; }

    /// <summary>How new, by the names that MLflow's UI has for it.</summary>
    [SupplyParameterFromQuery]
    public string? StartTime { get; set; }

    /// <summary><c>Deleted</c>, or active ones.</summary>
    [SupplyParameterFromQuery]
    public string? LifecycleFilter { get; set; }

    /// <summary>How many runs have their charts drawn.</summary>
    [SupplyParameterFromQuery]
    public string? Charted { get; set; }

    /// <summary><c>CHART</c>, <c>ARTIFACT</c>, or the table.</summary>
    [SupplyParameterFromQuery]
    public string? CompareRunsMode { get; set; }

    /// <summary>A JSON list of columns; null for the standard ones.</summary>
    [SupplyParameterFromQuery]
    public string? Columns { get; set; }

    /// <summary>A JSON list of columns that the runs of a group have in common.</summary>
    [SupplyParameterFromQuery]
    public string? GroupBy { get; set; }

    /// <summary>Which number stands for a group: <c>Min</c>, <c>Max</c>, or the mean.</summary>
    [SupplyParameterFromQuery]
    public string? Value { get; set; }

    /// <summary><c>true</c>: runs that belong to others stand beside them.</summary>
    [SupplyParameterFromQuery]
    public string? Flat { get; set; }

    /// <summary>A JSON list of runs and groups whose runs are shown.</summary>
    [SupplyParameterFromQuery]
    public string? Open { get; set; }

    /// <summary>A JSON list of runs that stay at the top.</summary>
    [SupplyParameterFromQuery]
    public string? Pinned { get; set; }

    /// <summary>A JSON list of runs that charts leave out.</summary>
    [SupplyParameterFromQuery]
    public string? Hidden { get; set; }

    /// <summary>A JSON list: the name and the digest of the data set that the runs used.</summary>
    [SupplyParameterFromQuery]
    public string? Dataset { get; set; }

    [Inject]
    internal Database Database { get; set; } = null!;

    private bool IsDeleted => string.Equals(LifecycleFilter, "Deleted", StringComparison.OrdinalIgnoreCase);

    /// <summary>In any other order, runs below others would not stand where their values belong.</summary>
    private bool IsByTime => string.IsNullOrEmpty(OrderByKey) || OrderByKey == "attributes.start_time";

    private string? Mode => CompareRunsMode is "CHART" or "ARTIFACT" ? CompareRunsMode : null;

    private int MostCharted => int.TryParse(Charted, out var count) ? Math.Clamp(count, 1, 100) : 10;

    private string Title => _experiments switch
    {
        [] => "Runs",
        [var one] => one.Name,
        _ => $"Runs of {_experiments.Count} experiments",
    };

    private string CountText => (_state, Mode) switch
    {
        (_, not null) => _charted.Groups is { } groups
            ? $"the first {Display.Count(groups.Count, "group", "groups")}"
            : _charted.Runs.Count > 0 ? $"the first {Display.Count(_charted.Runs.Count, "run", "runs")}" : "",
        ({ Groups: > 0 } state, _) => $"{Display.Count(state.Total, "run", "runs")} in {Display.Count(state.Groups, "group", "groups")}",
        ({ } state, _) => Display.Count(state.Total, "run", "runs"),
        _ => "",
    };

    private string CsvLink => _query is null ? "" : Navigation.GetUriWithQueryParameters("ui/runs.csv", new Dictionary<string, object?>
    {
        ["experiments"] = string.Join(',', _query.Experiments),
        ["filter"] = _query.Filter,
        ["order"] = _query.Order,
        ["deleted"] = IsDeleted ? "true" : null,
    });

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var ids = ExperimentId is not null ? [ExperimentId] : RunFacts.List(Experiments);
        var wanted = string.Join(',', ids);
        if (wanted != _experimentsOf)
        {
            _experimentsOf = wanted;
            _selected.Clear();
            await TryAsync(async () => _experiments =
                await Task.WhenAll(ids.Select(id => Client.GetExperimentAsync(id, Gone))));
        }

        var query = Query(ids);
        if (query != _query && !SameQuery(query, _query))
        {
            _query = query;
            _selected.Clear();
        }

        Show();
        await ChartAsync(isNew: false);
    }

    private static bool SameQuery(RunQuery query, RunQuery? other) => other is not null
        && query.Experiments.SequenceEqual(other.Experiments) && (query with { Experiments = other.Experiments }) == other;

    private RunQuery Query(IReadOnlyList<string> ids)
    {
        var order = string.IsNullOrEmpty(OrderByKey) ? RunQuery.Newest : $"{OrderByKey} {(OrderByAsc is "true" or "True" ? "ASC" : "DESC")}";
        var age = Periods.FirstOrDefault(period => period.Value == StartTime).Age;
        var filter = string.IsNullOrWhiteSpace(SearchFilter) ? null : SearchFilter;
        if (age > TimeSpan.Zero)
        {
            // Whole minutes, so that the same view stays the same query for a while.
            var since = (Time.GetUtcNow() - age).ToUnixTimeMilliseconds() / 60_000 * 60_000;
            var term = string.Create(CultureInfo.InvariantCulture, $"attributes.start_time >= {since}");
            filter = filter is null ? term : $"{filter} AND {term}";
        }

        if (RunFacts.List(Dataset) is [var name, var digest])
        {
            var term = $"dataset.name = {RunFacts.Quote(name)} AND dataset.digest = {RunFacts.Quote(digest)}";
            filter = filter is null ? term : $"{filter} AND {term}";
        }

        return new RunQuery(ids, filter, order, IsDeleted ? ViewType.DeletedOnly : ViewType.ActiveOnly);
    }

    /// <summary>Finds the runs of the charts; the same ones for as long as the view is the same.</summary>
    private async Task ChartAsync(bool isNew)
    {
        if (Mode is null)
        {
            (_charted, _chartedOf) = (ChartedSelection.Empty, null);
            return;
        }

        var of = $"{GroupBy}|{Pinned}|{MostCharted}";
        if (isNew || _chartedOf != (_query, of))
        {
            _chartedOf = (_query, of);
            var (query, view, charted) = (_query!, _view, ChartedSelection.Empty);
            if (await TryAsync(async () => charted = await ChartedSelection.ReadAsync(Client, Database, query, view, MostCharted, Gone)) && _chartedOf == (query, of))
            {
                _charted = charted;
            }

            _keys.Add(_charted.Runs);
            Show();
        }

        var visible = _charted.Runs.Where(run => !_view.Hidden.Contains(run.Info.RunId)).ToList();
        _visible = visible.SequenceEqual(_visible) ? _visible : visible;
    }

    private void Loaded(RunTableState state)
    {
        var before = (_state?.Total, _state?.Groups, _keys.Columns.Count());
        _state = state;
        _keys.Add(state.Rows);
        if (before != (state.Total, state.Groups, _keys.Columns.Count()))
        {
            Show();
            StateHasChanged();
        }
    }

    private void Show()
    {
        _view = new RunTableView(
            Columns is null ? _keys.Standard(_experiments.Count > 1) : ColumnsOf(Columns),
            Flat == "true" || !IsByTime, [.. ColumnsOf(GroupBy).Where(column => column.Kind != ColumnKind.Metric)],
            Enum.TryParse<GroupValue>(Value, out var value) ? value : GroupValue.Mean,
            RunFacts.List(Open), RunFacts.List(Pinned), RunFacts.List(Hidden));
        _words = [.. _keys.Columns.Select(column => column.OrderKey).OfType<string>().Take(200)];
    }

    private static List<RunColumn> ColumnsOf(string? list) => [.. RunFacts.List(list).Select(RunColumn.Parse).OfType<RunColumn>()];

    private void GoColumns(string name, IReadOnlyList<RunColumn>? columns) =>
        Go(name, columns is null ? null : RunFacts.ToJson(columns.Select(column => column.Id)));

    private void Toggle(string name, IReadOnlyList<string> items, string item)
    {
        var others = items.Where(other => other != item).ToList();
        if (others.Count == items.Count)
        {
            others.Add(item);
        }

        Go(name, others.Count == 0 ? null : RunFacts.ToJson(others));
    }

    private void Close() => _dialog = null;

    private async Task ReloadAsync()
    {
        await (_table?.ReloadAsync() ?? Task.CompletedTask);
        await ChartAsync(isNew: true);
    }

    private void Sort(string order)
    {
        var space = order.LastIndexOf(' ');
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["orderByKey"] = order[..space],
            ["orderByAsc"] = order.EndsWith(" ASC", StringComparison.Ordinal) ? "true" : "false",
        }), replace: true);
    }

    private string ViewLink(string? mode) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["compareRunsMode"] = mode });

    private Task<string?> SetTagAsync(string key, string value) =>
        ChangeTagsAsync(() => Client.SetExperimentTagAsync(ExperimentId!, key, value, Gone));

    private Task<string?> RemoveTagAsync(string key) =>
        ChangeTagsAsync(() => Client.DeleteExperimentTagAsync(ExperimentId!, key, Gone));

    private async Task<string?> ChangeTagsAsync(Func<Task> change)
    {
        await TryAsync(async () =>
        {
            await change();
            _experiments = [await Client.GetExperimentAsync(ExperimentId!, Gone)];
        });
        StateHasChanged();
        return Problem;
    }
}
