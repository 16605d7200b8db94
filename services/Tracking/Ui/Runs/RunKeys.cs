using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>The keys of metrics, params and tags that the runs seen so far have.</summary>
public sealed class RunKeys
{
    private const int DefaultMetrics = 5;
    private const int DefaultParams = 3;

    private readonly SortedSet<string> _metrics = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _params = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private readonly SortedSet<(string Name, string Digest)> _datasets = [];

    /// <summary>Keys of metrics.</summary>
    public IReadOnlyCollection<string> Metrics => _metrics;

    /// <summary>Names and digests of data sets.</summary>
    public IReadOnlyCollection<(string Name, string Digest)> Datasets => _datasets;

    /// <summary>Every column that can be shown.</summary>
    public IEnumerable<RunColumn> Columns => RunColumn.OfAttributes
        .Concat(_metrics.Select(key => new RunColumn(ColumnKind.Metric, key)))
        .Concat(_params.Select(key => new RunColumn(ColumnKind.Param, key)))
        .Concat(_tags.Select(key => new RunColumn(ColumnKind.Tag, key)));

    /// <summary>Takes note of further runs.</summary>
    public void Add(IEnumerable<Run> runs)
    {
        foreach (var run in runs)
        {
            _metrics.UnionWith(run.Data.Metrics.Select(metric => metric.Key));
            _params.UnionWith(run.Data.Params.Select(param => param.Key));
            _datasets.UnionWith(run.Inputs.DatasetInputs.Select(input => (input.Dataset.Name, input.Dataset.Digest)));
            _tags.UnionWith(run.Data.Tags.Visible().Select(tag => tag.Key));
        }
    }

    /// <summary>What is shown until someone chooses.</summary>
    public IReadOnlyList<RunColumn> Standard(bool severalExperiments) =>
    [
        .. new[] { "start_time", "duration", "user" }.Select(key => new RunColumn(ColumnKind.Attribute, key)),
        .. severalExperiments ? [new RunColumn(ColumnKind.Attribute, "experiment")] : Array.Empty<RunColumn>(),
        .. _metrics.Where(key => !key.StartsWith("system/", StringComparison.Ordinal)).Take(DefaultMetrics).Select(key => new RunColumn(ColumnKind.Metric, key)),
        .. _params.Take(DefaultParams).Select(key => new RunColumn(ColumnKind.Param, key)),
    ];
}
