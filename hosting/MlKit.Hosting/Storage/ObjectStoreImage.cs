namespace Aspire.Hosting;

/// <summary>
/// The image behind the chart's own object store: one pod with a volume, for a first installation. Production names a
/// bucket of its own (<c>storage.s3</c>). MinIO's licence is the AGPL 3.0; it runs unchanged, as a program of its own.
/// </summary>
internal static class ObjectStoreImage
{
    public const string Registry = "quay.io";
    public const string Image = "minio/minio";
    public const string Tag = "RELEASE.2025-09-07T16-13-09Z";

    /// <summary>
    /// A folder below the data folder is a bucket. Without keys the server would take well-known ones: it does not start.
    /// </summary>
    public const string Start =
        "export MINIO_ROOT_USER=\"${AWS_ACCESS_KEY_ID:?the Secret holds no key}\" MINIO_ROOT_PASSWORD=\"${AWS_SECRET_ACCESS_KEY:?the Secret holds no key}\" HOME=/tmp MINIO_PROMETHEUS_AUTH_TYPE=public && "
        + "mkdir -p \"/data/$BUCKET\" && exec minio server /data --address :9000";
}
