using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>A chart for every metric of some runs; how they are drawn and arranged is in the page's address.</summary>
public partial class MetricCharts
{
    private const int PageSize = 24;
    private readonly Dictionary<string, IReadOnlyList<ChartSeries>> _lines = [];
    private readonly HashSet<string> _hidden = [];
    private object? _of;
    private IReadOnlyList<ChartedRuns> _items = [];
    private List<string> _all = [];
    private List<string> _keys = [];
    private IReadOnlyList<string> _ids = [];
    private IReadOnlyList<string> _closed = [];
    private ChartOptions _options = new();
    private int _shown = PageSize;

    /// <summary>The runs; each has a line in every chart.</summary>
    [Parameter]
    public IReadOnlyList<Run> Runs { get; set; } = [];

    /// <summary>Groups of runs in place of runs; or null.</summary>
    [Parameter]
    public IReadOnlyList<ChartedRuns>? Groups { get; set; }

    /// <summary>Which metrics; all where null.</summary>
    [Parameter]
    public Func<string, bool>? Only { get; set; }

    /// <summary>What is said where there are none.</summary>
    [Parameter]
    public string Nothing { get; set; } = "No metrics were logged.";

    /// <summary>Ids of runs that are left out; null where these charts keep that themselves.</summary>
    [Parameter]
    public IReadOnlyList<string>? Hidden { get; set; }

    /// <summary>Leave a run out, or no longer.</summary>
    [Parameter]
    public EventCallback<string> OnHide { get; set; }

    /// <summary>Part of the names of metrics.</summary>
    private string? MetricSearch => Asked("metricSearch");

    /// <summary>Metrics whose charts come first, in this order.</summary>
    private IReadOnlyList<string> Order => RunFacts.List(Asked("charts"));

    private IReadOnlySet<string> Left => Hidden?.ToHashSet() ?? _hidden;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_of, Groups ?? (object)Runs))
        {
            _of = Groups ?? (object)Runs;
            _items = Groups ?? [.. Runs.Select(ChartedRuns.Of)];
            _ids = [.. _items.SelectMany(item => item.Runs).Select(run => run.Info.RunId)];
            _lines.Clear();
        }

        _options = ChartOptions.Parse(Asked("chart"));
        _closed = RunFacts.List(Asked("closed"));
        Arrange();
        await LoadAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnLocationChanged;
        base.Dispose(disposing);
    }

    /// <summary>A page that does not read the address itself says nothing when it changes.</summary>
    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        await OnParametersSetAsync();
        StateHasChanged();
    });

    private static string Prefix(string key) => key.LastIndexOf('/') is > 0 and var slash ? key[..slash] : "";

    private void Arrange()
    {
        var (order, search) = (Order, MetricSearch ?? "");
        _all = [.. _items.SelectMany(item => item.Runs).SelectMany(run => run.Data.Metrics).Select(metric => metric.Key).Distinct().Where(key => Only?.Invoke(key) != false)];
        _keys = [.. _all.Where(key => key.Contains(search, StringComparison.OrdinalIgnoreCase) && !_closed.Contains(key))
            .OrderBy(Prefix, StringComparer.Ordinal).ThenBy(Place).ThenBy(key => key, StringComparer.Ordinal)];

        int Place(string key)
        {
            for (var i = 0; i < order.Count; i++)
            {
                if (order[i] == key)
                {
                    return i;
                }
            }

            return int.MaxValue;
        }
    }

    private void Move(List<string> group, string key, int by)
    {
        var from = group.IndexOf(key);
        var to = Math.Clamp(from + by, 0, group.Count - 1);
        var moved = group.ToList();
        (moved[from], moved[to]) = (moved[to], moved[from]);
        Go("charts", RunFacts.ToJson(moved.Concat(Order.Except(moved))));
    }

    private Task MoreAsync()
    {
        _shown += PageSize;
        return LoadAsync();
    }

    private Task LoadAsync() => TryAsync(async () =>
    {
        var items = _items;
        foreach (var key in _keys.Take(_shown).Where(key => !_lines.ContainsKey(key)).ToList())
        {
            var lines = await MetricHistories.ReadAsync(Client, items, key, null, Gone);
            if (!ReferenceEquals(items, _items))
            {
                return;
            }

            _lines[key] = lines;
        }
    });

    private Task ToggleAsync(string id)
    {
        if (Hidden is not null)
        {
            return OnHide.InvokeAsync(id);
        }

        _ = _hidden.Remove(id) || _hidden.Add(id);
        return Task.CompletedTask;
    }

    private List<ChartSeries> Visible(IReadOnlyList<ChartSeries> lines) => [.. lines.Where(line => !Left.Contains(line.RunId))];
}
