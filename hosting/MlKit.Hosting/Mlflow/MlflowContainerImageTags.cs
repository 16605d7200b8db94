namespace Aspire.Hosting;

/// <summary>The official MLflow image; the <c>-full</c> variant brings the PostgreSQL driver and object store clients.</summary>
internal static class MlflowContainerImageTags
{
    public const string Registry = "ghcr.io";
    public const string Image = "mlflow/mlflow";
    public const string Tag = "v3.9.0-full";
}
