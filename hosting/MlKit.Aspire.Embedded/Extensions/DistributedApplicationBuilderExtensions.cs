using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Finds resources that were added.</summary>
public static class DistributedApplicationBuilderExtensions
{
    /// <summary>A builder of a resource that was added.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <exception cref="InvalidOperationException">There is none of that name, or it is of another type.</exception>
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.Resources.TryGetByName(name, out var resource))
        {
            throw new InvalidOperationException($"Resource with name '{name}' was not found. Resources: {string.Join(", ", builder.Resources.Select(r => r.Name))}.");
        }

        return resource is T typed
            ? builder.CreateResourceBuilder(typed)
            : throw new InvalidOperationException($"Resource with name '{name}' is of type '{resource.GetType()}', not '{typeof(T)}'.");
    }

    /// <summary>A builder of a resource that was added, where there is one of that name and type.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="resourceBuilder">The builder.</param>
    public static bool TryCreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name, [NotNullWhen(true)] out IResourceBuilder<T>? resourceBuilder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        resourceBuilder = builder.Resources.TryGetByName(name, out var resource) && resource is T typed
            ? builder.CreateResourceBuilder(typed)
            : null;
        return resourceBuilder is not null;
    }
}

/// <summary>Shows resources from the start.</summary>
public static class CustomResourceExtensions
{
    /// <summary>Shows the resource in a state from the start.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="initialSnapshot">The state.</param>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
    }
}

/// <summary>Names volumes.</summary>
public static class VolumeNameGenerator
{
    private const int HashLength = 10;

    /// <summary>
    /// A name that is the same on each run and differs between AppHosts: application, part of its hash, resource, suffix.
    /// Only lower-case letters, digits and hyphens, so that it holds as the name of a Kubernetes volume too.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="suffix">What the volume is for.</param>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        if (suffix.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-')) is not '\0' and var bad)
        {
            throw new ArgumentException($"The suffix '{suffix}' contains the character '{bad}'. Allowed: letters, digits, '_', '.', '-'.", nameof(suffix));
        }

        var application = builder.ApplicationBuilder;
        var hash = application.Configuration["AppHost:Sha256"]![..HashLength];
        return Plain($"{application.Environment.ApplicationName}-{hash}-{builder.Resource.Name}-{suffix}");
    }

    private static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
}
