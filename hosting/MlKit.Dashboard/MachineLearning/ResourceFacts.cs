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
    /// <summary>A gauge, or a property of the AppHost, from 0 to 1.</summary>
    public const string ProgressInstrument = "mlkit.job.progress";

    private const string TrainingProgressInstrument = "mlkit.training.progress";
    private const string ModelProperty = "mlkit.model.";
    private const string AcceleratorProperty = "mlkit.gpu";
    private const long OneExport = 1_500_000_000;

    // Gauges above 0 with one series per loaded model: model (or mlkit.model.name), version (or mlkit.model.version).
    private static readonly string[] ModelInstruments = ["mlkit.model.served", "mlkit.scorer.model.memory"];

    // The attribute provider of the scorer's gauge says where models run.
    private const string ProviderInstrument = "mlkit.scorer.provider.fallback";

    /// <summary>True where nothing was told.</summary>
    public bool IsEmpty => Models.Count == 0 && Accelerator.Length == 0 && Progress is null;

    /// <summary>The facts of all resources by their names.</summary>
    internal static IReadOnlyDictionary<string, ResourceFacts> Of(IEnumerable<ResourceSnapshot> resources, MetricStore metrics)
    {
        var models = ModelInstruments.SelectMany(name => Current(metrics.Newest(name))).ToLookup(pair => pair.Resource, pair => ServedModel.Of(pair.Series));
        var providers = Current(metrics.Newest(ProviderInstrument), least: double.MinValue)
            .ToLookup(pair => pair.Resource, pair => AcceleratorOf(pair.Series.Attributes.ValueOf("provider")));
        var progress = metrics.Newest(ProgressInstrument).Concat(metrics.Newest(TrainingProgressInstrument)).Where(pair => pair.Series.Points.Count > 0)
            .ToLookup(pair => pair.Resource, pair => pair.Series.Points[^1]);
        return resources.DistinctBy(resource => resource.Name).ToDictionary(resource => resource.Name, resource => new ResourceFacts(
            [.. models[resource.Name].OfType<ServedModel>().Concat(FromProperties(resource)).DistinctBy(model => (model.Name, model.Version)).OrderBy(model => model.Name, StringComparer.Ordinal)],
            providers[resource.Name].FirstOrDefault() ?? Property(resource, AcceleratorProperty) ?? "",
            ProgressOf(resource, progress[resource.Name])));
    }

    // A version that is not served any more is not sent any more either, though its series is still known.
    private static IEnumerable<(string Resource, MetricSeries Series)> Current(IEnumerable<(string Resource, MetricSeries Series)> all, double least = double.Epsilon) => all
        .Where(pair => pair.Series.Points.Count > 0)
        .GroupBy(pair => pair.Resource)
        .SelectMany(group =>
        {
            var newest = group.Max(pair => pair.Series.Points[^1].EndNanos);
            return group.Where(pair => pair.Series.Points[^1].EndNanos > newest - OneExport && pair.Series.Points[^1].Value >= least);
        });

    private static string? AcceleratorOf(string? provider) => provider?.ToLowerInvariant() switch
    {
        null or "" => null,
        "cpu" => "none seen: running on the CPU",
        "cuda" => "CUDA",
        "tensorrt" => "TensorRT",
        _ => provider,
    };

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
