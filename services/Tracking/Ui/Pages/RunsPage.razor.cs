using System.Globalization;
using Microsoft.AspNetCore.Components;
using MlKit.Mlflow;
using MlKit.Tracking.Ui.Runs;

namespace MlKit.Tracking.Ui.Pages;

/// <summary>The runs of one experiment or several; the address holds what is shown, with MLflow's own names.</summary>
public partial class RunsPage
{
    private const int MostCharted = 10;

    private static readonly (string Value, string Label, TimeSpan Age)[] Periods =
    [
        ("ALL", "Any time", TimeSpan.Zero), ("LAST_HOUR", "Last hour", TimeSpan.FromHours(1)),
        ("LAST_24_HOURS", "Last 24 hours", TimeSpan.FromDays(1)), ("LAST_7_DAYS", "Last 7 days", TimeSpan.FromDays(7)),
        ("LAST_30_DAYS", "Last 30 days", TimeSpan.FromDays(30)), ("LAST_YEAR", "Last year", TimeSpan.FromDays(365)),
    ];

    private readonly Dictionary<string, Run> _selected = [];
    private readonly RunKeys _keys = new();
    private IReadOnlyList<Experiment> _experiments = [];
    private IReadOnlyList<RunColumn> _columns = [];
    private IReadOnlyList<Run> _charted = [];
    private IReadOnlyList<string> _words = [];
    private string? _experimentsOf;
    private RunQuery? _query;
    private RunTable? _table;
    private RunTableState? _state;
    private bool _about;
    private bool _picking;
    private bool _confirming;

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

    /// <summary><c>CHART</c>, or the table.</summary>
    [SupplyParameterFromQuery]
    public string? CompareRunsMode { get; set; }

    /// <summary>A JSON list of columns; null for the standard ones.</summary>
    [SupplyParameterFromQuery]
    public string? Columns { get; set; }

    private bool IsDeleted => string.Equals(LifecycleFilter, "Deleted", StringComparison.OrdinalIgnoreCase);

    private bool IsChart => CompareRunsMode == "CHART";

    private string Title => _experiments switch
    {
        [] => "Runs",
        [var one] => one.Name,
        _ => $"Runs of {_experiments.Count} experiments",
    };

    private string CountText => _state is not { } state || IsChart
        ? IsChart && _charted.Count > 0 ? $"the first {Display.Count(_charted.Count, "run", "runs")}" : ""
        : state.IsComplete ? Display.Count(state.Known, "run", "runs") : $"more than {Display.Count(state.Known)} runs";

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

        ShowColumns();
        _charted = IsChart ? await ChartedAsync() : [];
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

        return new RunQuery(ids, filter, order, IsDeleted ? ViewType.DeletedOnly : ViewType.ActiveOnly);
    }

    private async Task<IReadOnlyList<Run>> ChartedAsync()
    {
        IReadOnlyList<Run> runs = [];
        await TryAsync(async () => runs = (await _query!.PageAsync(Client, MostCharted, null, Gone)).Items);
        return runs;
    }

    private void Loaded(RunTableState state)
    {
        var before = (_state?.Known, _state?.IsComplete, _keys.Columns.Count());
        _state = state;
        _keys.Add(state.Rows);
        if (before != (state.Known, state.IsComplete, _keys.Columns.Count()))
        {
            ShowColumns();
            StateHasChanged();
        }
    }

    private void ShowColumns()
    {
        var chosen = Columns is null ? null : RunFacts.List(Columns).Select(RunColumn.Parse).OfType<RunColumn>().ToList();
        _columns = chosen ?? _keys.Standard(_experiments.Count > 1);
        _words = [.. _keys.Columns.Select(column => column.OrderKey).OfType<string>().Take(200)];
    }

    private void ChooseColumns(IReadOnlyList<RunColumn>? columns) => Go(
        "columns", columns is null ? null : Uri.UnescapeDataString(RunFacts.ToQuery(columns.Select(column => column.Id))));

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

    private async Task ChangeSelectedAsync()
    {
        var done = await TryAsync(async () =>
        {
            foreach (var id in _selected.Keys.ToList())
            {
                await (IsDeleted ? Client.RestoreRunAsync(id, Gone) : Client.DeleteRunAsync(id, Gone));
                _selected.Remove(id);
            }
        });
        if (done)
        {
            _confirming = false;
            await (_table?.ReloadAsync() ?? Task.CompletedTask);
        }
    }

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
