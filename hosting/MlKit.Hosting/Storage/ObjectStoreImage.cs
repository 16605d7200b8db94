namespace Aspire.Hosting;

/// <summary>
/// The image behind the chart's own object store: one pod with a volume, for a first installation. Production names a
/// bucket of its own (<c>storage.s3</c>).
/// </summary>
internal static class ObjectStoreImage
{
    public const string Registry = "quay.io";
    public const string Image = "minio/minio";
    public const string Tag = "RELEASE.2025-09-07T16-13-09Z";

    /// <summary>A folder below the data folder is a bucket.</summary>
    public const string Start =
        "export MINIO_ROOT_USER=\"$AWS_ACCESS_KEY_ID\" MINIO_ROOT_PASSWORD=\"$AWS_SECRET_ACCESS_KEY\" HOME=/tmp MINIO_PROMETHEUS_AUTH_TYPE=public && "
        + "mkdir -p \"/data/$BUCKET\" && exec minio server /data --address :9000";
}
