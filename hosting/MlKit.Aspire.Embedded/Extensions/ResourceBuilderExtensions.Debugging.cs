using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Lets an IDE start the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="launchConfigurationProducer">Says what is started; gets Debug or NoDebug.</param>
    /// <param name="launchConfigurationType">The kind of program; the IDE must know it.</param>
    [Experimental("ASPIREEXTENSION001")]
    [OverloadResolutionPriority(-1)]
    public static IResourceBuilder<T> WithDebugSupport<T, TLaunchConfiguration>(this IResourceBuilder<T> builder, Func<string, TLaunchConfiguration?> launchConfigurationProducer, string launchConfigurationType)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(launchConfigurationProducer);
        return builder.WithDebugSupport(
            (LaunchConfigurationCallbackContext context) => Task.FromResult(launchConfigurationProducer(context.Mode)), launchConfigurationType);
    }

    /// <summary>Lets an IDE start the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="launchConfigurationProducer">Says what is started; gets Debug or NoDebug.</param>
    /// <param name="launchConfigurationType">The kind of program; the IDE must know it.</param>
    [Experimental("ASPIREEXTENSION001")]
    public static IResourceBuilder<T> WithDebugSupport<T, TLaunchConfiguration>(this IResourceBuilder<T> builder, Func<string, CancellationToken, Task<TLaunchConfiguration?>> launchConfigurationProducer, string launchConfigurationType)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(launchConfigurationProducer);
        return builder.WithDebugSupport(
            (LaunchConfigurationCallbackContext context) => launchConfigurationProducer(context.Mode, context.CancellationToken), launchConfigurationType);
    }

    /// <summary>Lets an IDE start the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="launchConfigurationProducer">Says what is started.</param>
    /// <param name="launchConfigurationType">The kind of program; the IDE must know it.</param>
    [Experimental("ASPIREEXTENSION001")]
    public static IResourceBuilder<T> WithDebugSupport<T, TLaunchConfiguration>(this IResourceBuilder<T> builder, Func<LaunchConfigurationCallbackContext, Task<TLaunchConfiguration?>> launchConfigurationProducer, string launchConfigurationType)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(launchConfigurationProducer);
        ArgumentException.ThrowIfNullOrEmpty(launchConfigurationType);
        // Nobody debugs what is published.
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder
            : builder.WithAnnotation(
                new SupportsDebuggingAnnotation(launchConfigurationType, async context => await launchConfigurationProducer(context).ConfigureAwait(false)),
                ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Adds arguments of the tool that launches the program, before the program's own.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Adds them.</param>
    /// <param name="ownedByLaunchConfigurationType">The kind of launch configuration that brings its own: an IDE that takes it gets none of these.</param>
    /// <param name="showInCommandLine">Whether the dashboard shows them.</param>
    [Experimental("ASPIREEXTENSION001")]
    public static IResourceBuilder<T> WithLaunchToolArgs<T>(this IResourceBuilder<T> builder, Action<CommandLineArgsCallbackContext> callback, string? ownedByLaunchConfigurationType = null, bool showInCommandLine = true)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithLaunchToolArgs(
            context =>
            {
                callback(context);
                return Task.CompletedTask;
            },
            ownedByLaunchConfigurationType,
            showInCommandLine);
    }

    /// <summary>Adds arguments of the tool that launches the program, before the program's own.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Adds them.</param>
    /// <param name="ownedByLaunchConfigurationType">The kind of launch configuration that brings its own: an IDE that takes it gets none of these.</param>
    /// <param name="showInCommandLine">Whether the dashboard shows them.</param>
    [Experimental("ASPIREEXTENSION001")]
    public static IResourceBuilder<T> WithLaunchToolArgs<T>(this IResourceBuilder<T> builder, Func<CommandLineArgsCallbackContext, Task> callback, string? ownedByLaunchConfigurationType = null, bool showInCommandLine = true)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new LaunchToolArgsAnnotation(callback, ownedByLaunchConfigurationType, showInCommandLine));
    }
}
