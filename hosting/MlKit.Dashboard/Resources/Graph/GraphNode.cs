namespace MlKit.Dashboard.Resources.Graph;

/// <summary>A resource in the picture; its replicas share one place.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="Replicas">Its replicas, at least one.</param>
/// <param name="X">The left edge in CSS pixels.</param>
/// <param name="Y">The upper edge.</param>
internal sealed record GraphNode(string Name, IReadOnlyList<ResourceSnapshot> Replicas, double X, double Y)
{
    /// <summary>The replica that says most: the first that is not well, or the first.</summary>
    public ResourceSnapshot Shown { get; } =
        Replicas.FirstOrDefault(replica => ResourceCondition.Of(replica).Style is "error" or "warning") ?? Replicas[0];
}
