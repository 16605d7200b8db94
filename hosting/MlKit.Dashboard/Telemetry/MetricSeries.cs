namespace MlKit.Dashboard.Telemetry;

/// <summary>The points of an instrument with one set of attributes, oldest first, as a copy.</summary>
/// <param name="Attributes">What tells the series from the instrument's others.</param>
/// <param name="Points">The points.</param>
/// <param name="Exemplars">Examples with traces.</param>
public sealed record MetricSeries(
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    IReadOnlyList<MetricPoint> Points,
    IReadOnlyList<Exemplar> Exemplars);
