using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>The resource serves only what the gates of a training job let pass.</summary>
/// <param name="training">The job that signs.</param>
internal sealed class GateAnnotation(IResource training) : IResourceAnnotation
{
    /// <summary>The job that signs.</summary>
    public IResource Training { get; } = training;
}
