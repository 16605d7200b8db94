using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>The resource is watched; the last one on a resource counts.</summary>
/// <param name="objectives">What is promised of it.</param>
public sealed class MonitoringAnnotation(ServiceObjectives objectives) : IResourceAnnotation
{
    /// <summary>What is promised of it.</summary>
    public ServiceObjectives Objectives { get; } = objectives;
}
