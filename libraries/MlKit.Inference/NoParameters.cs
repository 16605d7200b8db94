namespace MlKit.Inference;

/// <summary>The parameters of what has none: one object for all, because most requests have none.</summary>
internal static class NoParameters
{
    public static Dictionary<string, object> Instance { get; } = [];
}
