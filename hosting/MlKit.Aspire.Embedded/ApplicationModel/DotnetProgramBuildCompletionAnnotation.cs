using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Is called when the build of a program is done, before the program starts; an exception keeps it from starting.</summary>
/// <param name="callback">Gets the services of the application.</param>
[Experimental("ASPIREPROJECTS001")]
public sealed class DotnetProgramBuildCompletionAnnotation(Func<IServiceProvider, CancellationToken, Task> callback) : IResourceAnnotation
{
    /// <summary>Gets the services of the application.</summary>
    public Func<IServiceProvider, CancellationToken, Task> Callback { get; } = callback ?? throw new ArgumentNullException(nameof(callback));
}
