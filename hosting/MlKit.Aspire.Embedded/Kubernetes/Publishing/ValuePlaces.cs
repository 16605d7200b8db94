using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Where parameters stand in <c>values.yaml</c>: below <c>parameters</c>, apart from those of MlKit's storage, which
/// have a section of their own.
/// </summary>
internal static class ValuePlaces
{
    /// <summary>The parameter with the bucket's endpoint.</summary>
    public const string BucketEndpoint = "storage-s3-endpoint";

    private const string ObjectStore = "object-store";

    private static readonly Dictionary<string, (string[] Path, string Comment)> Places = new(StringComparer.Ordinal)
    {
        ["storage-kind"] = (["storage", "kind"], "Where pods keep what they share: s3, or volume (claims that all pods mount: one node only)."),
        [BucketEndpoint] = (
            ["storage", "s3", "endpoint"],
            "in-cluster (the chart's own object store: MinIO, AGPL 3.0), the address of an S3-compatible endpoint, or empty for Amazon's."),
        ["storage-s3-bucket"] = (["storage", "s3", "bucket"], "The bucket; it must exist, except in the chart's own object store."),
        ["storage-s3-region"] = (["storage", "s3", "region"], "The bucket's region."),
    };

    /// <summary>The keys below <c>.Values</c>, and what the value is for.</summary>
    public static (string[] Path, string? Comment) Of(ParameterResource parameter) => Places.TryGetValue(parameter.Name, out var place)
        ? place
        : (["parameters", ObjectNames.ValueKey(parameter.Name)], parameter.Description);

    /// <summary>The keys of the value that names a Secret in place of the resource's own.</summary>
    public static string[] ExistingSecretOf(IResource resource) => resource.Name == ObjectStore
        ? ["storage", "s3", "existingSecret"]
        : [ChartValues.KeyOf(resource), "existingSecret"];
}
