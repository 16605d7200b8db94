using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>Pods may run where capacity is cheap and may be taken away; the last one on a resource counts.</summary>
/// <param name="required">Whether they run nowhere else.</param>
public sealed class SpotAnnotation(bool required) : IResourceAnnotation
{
    /// <summary>Whether they run nowhere else.</summary>
    public bool Required { get; } = required;
}
