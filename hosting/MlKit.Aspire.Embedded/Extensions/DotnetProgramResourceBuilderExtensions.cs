using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What an AppHost says about programs that the .NET SDK builds.</summary>
[Experimental("ASPIREPROJECTS001")]
public static class DotnetProgramResourceBuilderExtensions
{
    /// <summary>Keeps the published program from trusting the headers of a proxy.</summary>
    /// <param name="builder">The program.</param>
    public static IResourceBuilder<T> DisableForwardedHeaders<T>(this IResourceBuilder<T> builder)
        where T : IDotnetProgramResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets variables for the build of the program only; not for secrets.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="callback">Gets those set so far.</param>
    /// <exception cref="DistributedApplicationException">A file-based app has no build of its own.</exception>
    public static IResourceBuilder<T> WithDotnetProgramBuildEnvironment<T>(this IResourceBuilder<T> builder, Func<EnvironmentCallbackContext, Task> callback)
        where T : IDotnetProgramResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        if (builder.Resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() is { IsFileBasedApp: true } project)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}' is the file-based app '{project.ProjectPath}', which takes no build environment. Make it a project.");
        }

        return builder.WithAnnotation(new BuildEnvironmentCallbackAnnotation(callback));
    }

    /// <summary>Chooses the endpoints that the program is told to listen on.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="filter">Whether an endpoint is among them.</param>
    public static IResourceBuilder<T> WithEndpointsInEnvironment<T>(this IResourceBuilder<T> builder, Func<EndpointAnnotation, bool> filter)
        where T : IDotnetProgramResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(filter);
        return builder.WithAnnotation(new EndpointEnvironmentInjectionFilterAnnotation(filter));
    }

    /// <summary>Lets publishers build an image of the program, which projects that were added by their path have anyway.</summary>
    /// <param name="builder">The program.</param>
    /// <exception cref="InvalidOperationException">The resource has no project metadata.</exception>
    public static IResourceBuilder<T> WithDotnetProgramPublishing<T>(this IResourceBuilder<T> builder)
        where T : IDotnetProgramResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.Resource.GetProjectMetadata();
        return builder.WithAnnotation(new DotnetProgramPublishingAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets how many processes of the program run.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="replicas">How many.</param>
    public static IResourceBuilder<T> WithReplicas<T>(this IResourceBuilder<T> builder, int replicas)
        where T : IDotnetProgramResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegative(replicas);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }
}

/// <summary>Lets publishers build an image of a program.</summary>
internal sealed class DotnetProgramPublishingAnnotation : IResourceAnnotation;

/// <summary>Sets variables for the build of a program only.</summary>
internal sealed class BuildEnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}
