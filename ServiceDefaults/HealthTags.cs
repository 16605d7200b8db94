namespace MlKit.ServiceDefaults;

/// <summary>Tags that decide which endpoint a health check belongs to; every check counts for <c>/health</c>.</summary>
public static class HealthTags
{
    /// <summary>The check also counts for <c>/alive</c>: when it fails, only a restart of the process helps.</summary>
    public const string Live = "live";
}
