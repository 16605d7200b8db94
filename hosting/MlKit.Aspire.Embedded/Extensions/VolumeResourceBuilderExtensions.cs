using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Gives volumes to resources that are not containers everywhere.</summary>
public static class VolumeResourceBuilderExtensions
{
    /// <summary>
    /// Gives the resource a volume and puts its path into a variable: <paramref name="target"/> in containers and where it
    /// is published, a folder of the AppHost's state for a process of this machine.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the volume.</param>
    /// <param name="target">The path inside a container.</param>
    /// <param name="env">The variable that receives the path.</param>
    /// <param name="isReadOnly">Whether the resource may only read.</param>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string name, string target, string env, bool isReadOnly = false)
        where T : IComputeResource, IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentException.ThrowIfNullOrEmpty(env);
        var store = builder.ApplicationBuilder.Configuration[BuilderConfiguration.StatePathKey]!;
        var binding = new VolumeMountBindingAnnotation(name)
        {
            EnvironmentVariableName = env,
            MountPath = target,
            RunModeHostPathResolver = _ => Directory.CreateDirectory(Path.Combine(store, ".volumes", name)).FullName,
        };
        return builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly))
            .WithAnnotation(binding)
            .WithEnvironment(context => context.EnvironmentVariables[env] = binding.ResolvePath(context));
    }
}
