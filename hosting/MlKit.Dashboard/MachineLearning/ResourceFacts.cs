using System.Globalization;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.MachineLearning;

/// <summary>
/// What matters about a machine-learning resource: the models that it serves, the accelerator that it sees, how far its
/// job is. Told by metrics or by resource properties of the same names.
/// </summary>
/// <param name="Models">What is served, each with its version.</param>
/// <param name="Accelerator">For example <c>CUDA</c>, <c>none</c>; empty where nothing was told.</param>
/// <param name="Progress">A job's progress from 0 to 1; null where nothing was told.</param>
public sealed record ResourceFacts(IReadOnlyList<ServedModel> Models, string Accelerator, double? Progress)
{
    /// <summary>A gauge of 1 per model that is served: attributes <c>mlkit.model.name</c>, <c>mlkit.model.version</c>, <c>mlkit.model.run_id</c>.</summary>
    public const string ModelInstrument = "mlkit.model.served";

    /// <summary>A gauge of the number of accelerators seen: attribute <c>mlkit.accelerator</c> names the kind.</summary>
    public const string AcceleratorInstrument = "mlkit.accelerator.count";

    /// <summary>A gauge from 0 to 1.</summary>
    public const string ProgressInstrument = "mlkit.job.progress";

    private const string ModelProperty = "mlkit.model.";
    private const string AcceleratorProperty = "mlkit.gpu";

    /// <summary>True where nothing was told.</summary>
    public bool IsEmpty => Models.Count == 0 && Accelerator.Length == 0 && Progress is null;

    /// <summary>The facts of all resources by their names.</summary>
    internal static IReadOnlyDictionary<string, ResourceFacts> Of(IEnumerable<ResourceSnapshot> resources, MetricStore metrics)
    {
        var models = metrics.Newest(ModelInstrument).Where(IsOn).ToLookup(pair => pair.Resource, pair => ServedModel.Of(pair.Series));
        var accelerators = metrics.Newest(AcceleratorInstrument).ToLookup(pair => pair.Resource, pair => AcceleratorOf(pair.Series));
        var progress = metrics.Newest(ProgressInstrument).Where(pair => pair.Series.Points.Count > 0)
            .ToLookup(pair => pair.Resource, pair => pair.Series.Points[^1]);
        return resources.DistinctBy(resource => resource.Name).ToDictionary(resource => resource.Name, resource => new ResourceFacts(
            [.. models[resource.Name].OfType<ServedModel>().Concat(FromProperties(resource)).Distinct().OrderBy(model => model.Name, StringComparer.Ordinal)],
            accelerators[resource.Name].FirstOrDefault() ?? Property(resource, AcceleratorProperty) ?? "",
            ProgressOf(resource, progress[resource.Name])));
    }

    private static bool IsOn((string Resource, MetricSeries Series) pair) => pair.Series.Points is [.., { Value: > 0 }];

    private static string AcceleratorOf(MetricSeries series)
    {
        var kind = series.Attributes.FirstOrDefault(pair => pair.Key == "mlkit.accelerator").Value ?? "GPU";
        return series.Points is [.., { Value: > 0 } last] ? $"{last.Value.ToString("0", CultureInfo.InvariantCulture)} × {kind}" : "none seen: running on the CPU";
    }

    // A job that has ended is done, whatever it said last.
    private static double? ProgressOf(ResourceSnapshot resource, IEnumerable<MetricPoint> points)
    {
        var told = points.OrderBy(point => point.EndNanos).Select(point => (double?)point.Value).LastOrDefault()
            ?? (double.TryParse(Property(resource, ProgressInstrument), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null);
        return told is null || resource.State != "Running" ? null : Math.Clamp(told.Value, 0, 1);
    }

    private static string? Property(ResourceSnapshot resource, string name) => resource.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    // A property mlkit.model.NAME holds the version of that model.
    private static IEnumerable<ServedModel> FromProperties(ResourceSnapshot resource) => resource.Properties
        .Where(property => property.Name.StartsWith(ModelProperty, StringComparison.Ordinal) && property.Name.Length > ModelProperty.Length && property.Value.Length > 0)
        .Select(property => new ServedModel(property.Name[ModelProperty.Length..], property.Value, ""));
}
