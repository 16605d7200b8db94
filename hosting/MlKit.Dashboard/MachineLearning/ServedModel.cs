using System.Text.RegularExpressions;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.MachineLearning;

/// <summary>The model that a span worked with.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Version">Its version; empty where the span does not say.</param>
/// <param name="RunId">The training run that made it; empty where the span does not say.</param>
public sealed partial record ServedModel(string Name, string Version, string RunId)
{
    private static readonly string[] NameKeys = ["mlkit.model.name", "model.name", "mlflow.model.name", "model_name"];
    private static readonly string[] VersionKeys = ["mlkit.model.version", "model.version", "mlflow.model.version", "model_version"];
    private static readonly string[] RunKeys = ["mlkit.model.run_id", "model.run_id", "mlflow.run_id", "mlflow.source_run_id"];
    private static readonly string[] PathKeys = ["url.path", "http.target", "rpc.method", "http.route"];

    /// <summary>The model by the span's attributes, or by the address of an Open Inference request; null for other spans.</summary>
    public static ServedModel? Of(Span span)
    {
        var path = PathKeys.Select(key => Find(span.Attributes, [key])).Append(span.Name).Select(text => InferencePath().Match(text)).FirstOrDefault(match => match.Success);
        var name = Find(span.Attributes, NameKeys) is { Length: > 0 } named ? named : path is null ? "" : Uri.UnescapeDataString(path.Groups["name"].Value);
        if (name.Length == 0)
        {
            return null;
        }

        var version = Find(span.Attributes, VersionKeys) is { Length: > 0 } given ? given : path?.Groups["version"].Value ?? "";
        return new ServedModel(name, version, Find(span.Attributes, RunKeys));
    }

    /// <summary>The model that a series of measurements is about; null where it names none.</summary>
    public static ServedModel? Of(MetricSeries series) => Find(series.Attributes, [.. NameKeys, "model"]) is { Length: > 0 } name
        ? new ServedModel(name, Find(series.Attributes, [.. VersionKeys, "version"]), Find(series.Attributes, RunKeys))
        : null;

    private static string Find(IReadOnlyList<KeyValuePair<string, string>> attributes, string[] keys) =>
        keys.Select(key => attributes.ValueOf(key)).FirstOrDefault(value => value is { Length: > 0 }) ?? "";

    // A route such as /v2/models/{name}/infer names no model.
    [GeneratedRegex(@"/v2/models/(?<name>[^/{}\s]+)(/versions/(?<version>[^/{}\s]+))?/(infer|generate)\b")]
    private static partial Regex InferencePath();
}
