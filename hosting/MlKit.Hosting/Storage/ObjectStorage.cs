using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>
/// Where a published application keeps what several pods share: in a bucket, at the chart's own small object store or at
/// any S3 endpoint, or, on one node, in a volume. The choice is made by the values <c>storage.kind</c> and
/// <c>storage.s3</c>, not by publishing again.
/// </summary>
internal sealed class ObjectStorage
{
    private const string KindParameter = "storage-kind";
    private const string EndpointParameter = "storage-s3-endpoint";
    private const string BucketParameter = "storage-s3-bucket";
    private const string RegionParameter = "storage-s3-region";
    private const string InCluster = "in-cluster";
    private const string Volume = "volume";
    private const string DefaultBucket = "mlkit";
    private const int Port = 9000;

    private readonly ParameterResource _kind;
    private readonly ParameterResource _endpoint;
    private readonly ParameterResource _bucket;

    private ObjectStorage(IDistributedApplicationBuilder builder)
    {
        _kind = Parameter(builder, KindParameter, "s3");
        _endpoint = Parameter(builder, EndpointParameter, InCluster);
        _bucket = Parameter(builder, BucketParameter, DefaultBucket);
        Region = ReferenceExpression.Create($"{Parameter(builder, RegionParameter, "us-east-1")}");
        Store = FindStore(builder) ?? AddStore(builder);
        var own = ReferenceExpression.Create($"{Store.GetEndpoint("http").Property(EndpointProperty.Url)}");
        Endpoint = ReferenceExpression.CreateConditional(_endpoint, InCluster, own, ReferenceExpression.Create($"{_endpoint}"));
    }

    /// <summary>The name of the chart's own object store.</summary>
    public const string StoreName = "object-store";

    /// <summary>The condition, as a Helm expression, under which pods share volumes in place of a bucket.</summary>
    public const string WhenVolume = "eq .Values.storage.kind \"volume\"";

    /// <summary>The condition under which the chart's own object store is there.</summary>
    public const string WhenOwnStore = "and (eq .Values.storage.kind \"s3\") (eq .Values.storage.s3.endpoint \"in-cluster\")";

    /// <summary>The chart's own object store.</summary>
    public ContainerResource Store { get; }

    /// <summary>The endpoint's address; empty for Amazon's.</summary>
    public ReferenceExpression Endpoint { get; }

    /// <summary>The bucket's region.</summary>
    public ReferenceExpression Region { get; }

    /// <summary>The storage of an application that is being published; made on first use.</summary>
    public static ObjectStorage Of(IDistributedApplicationBuilder builder) => new(builder);

    /// <summary>A location: below <paramref name="path"/> where a volume is mounted there, else in the bucket.</summary>
    public ReferenceExpression Location(string path, string prefix) => ReferenceExpression.CreateConditional(
        _kind, Volume, ReferenceExpression.Create($"{path}"), ReferenceExpression.Create($"s3://{_bucket}/{prefix}"));

    private static ParameterResource Parameter(IDistributedApplicationBuilder builder, string name, string value) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name)
        ?? builder.AddParameter(name, value, publishValueAsDefault: true).Resource;

    private static ContainerResource? FindStore(IDistributedApplicationBuilder builder) =>
        builder.Resources.OfType<ContainerResource>().FirstOrDefault(resource => resource.Name == StoreName);

    private ContainerResource AddStore(IDistributedApplicationBuilder builder)
    {
        var key = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "storage-access-key", special: false);
        var secret = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "storage-secret-key", special: false);
        return builder.AddContainer(StoreName, ObjectStoreImage.Image, ObjectStoreImage.Tag)
            .WithImageRegistry(ObjectStoreImage.Registry)
            .WithHttpEndpoint(targetPort: Port, name: "http")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", ObjectStoreImage.Start)
            .WithEnvironment("AWS_ACCESS_KEY_ID", ReferenceExpression.Create($"{key}"))
            .WithEnvironment("AWS_SECRET_ACCESS_KEY", ReferenceExpression.Create($"{secret}"))
            .WithEnvironment("BUCKET", ReferenceExpression.Create($"{_bucket}"))
            .WithVolume("objects", "/data")
            .MapObjectStore()
            .Resource;
    }
}
