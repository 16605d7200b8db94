using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds command line arguments.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="args">The arguments.</param>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(args);
        return builder.WithArgs(context =>
        {
            foreach (var arg in args)
            {
                context.Args.Add(arg);
            }
        });
    }

    /// <summary>Adds command line arguments.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="args">The arguments: strings, values that are known later, or builders of resources that are such.</param>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(args);
        foreach (var arg in args)
        {
            builder.RelateTo(arg is IResourceBuilder<IResource> other ? other.Resource : arg);
        }

        return builder.WithArgs(context =>
        {
            foreach (var arg in args)
            {
                context.Args.Add(arg is IResourceBuilder<IResource> other ? other.Resource : arg);
            }
        });
    }

    /// <summary>Changes the command line arguments when the resource starts or is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Gets those set so far.</param>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, Action<CommandLineArgsCallbackContext> callback)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithArgs(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>Changes the command line arguments when the resource starts or is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Gets those set so far.</param>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, Func<CommandLineArgsCallbackContext, Task> callback)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new CommandLineArgsCallbackAnnotation(callback));
    }
}
