using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Evaluates what the callbacks of a resource set: values in run mode, expressions in publish mode.</summary>
internal static class ConfiguredValues
{
    /// <summary>Runs the environment callbacks in the order in which they were added.</summary>
    public static async Task<Dictionary<string, object>> GatherEnvironmentAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, [], cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.EnvironmentVariables;
    }

    /// <summary>Runs the argument callbacks in the order in which they were added.</summary>
    public static async Task<IList<object>> GatherArgumentsAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.Args;
    }

    public static async ValueTask EnvironmentAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, Action<string, object?, string?, Exception?> processValue, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var (name, unresolved) in await GatherEnvironmentAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false))
        {
            var (value, exception) = await TryResolveAsync(unresolved, resource, executionContext, cancellationToken).ConfigureAwait(false);
            processValue(name, unresolved, value, exception);
        }
    }

    public static async ValueTask ArgumentsAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, Action<object?, string?, Exception?, bool> processValue, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var unresolved in await GatherArgumentsAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false))
        {
            var (value, exception) = await TryResolveAsync(unresolved, resource, executionContext, cancellationToken).ConfigureAwait(false);
            processValue(unresolved, value, exception, ValueReferences.Resources(unresolved).OfType<ParameterResource>().Any(p => p.Secret));
        }
    }

    /// <summary>The text of a value.</summary>
    /// <exception cref="DistributedApplicationException">The value is of a kind that has no text.</exception>
    public static async ValueTask<string?> ResolveAsync(
        object? value, IResource caller, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                return text;
            case IResourceBuilder<IResource> builder:
                return await ResolveAsync(builder.Resource, caller, executionContext, cancellationToken).ConfigureAwait(false);
            case IManifestExpressionProvider expression when executionContext.IsPublishMode:
                return expression.ValueExpression;
            case IValueProvider provider:
                var context = new ValueProviderContext { ExecutionContext = executionContext, Caller = caller };
                return await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            case bool flag:
                return flag ? "true" : "false";
            case IFormattable formattable:
                return formattable.ToString(null, CultureInfo.InvariantCulture);
            default:
                throw new DistributedApplicationException(
                    $"Resource '{caller.Name}' was given a value of type {value.GetType().Name}. Allowed: strings, numbers, booleans, and values that are {nameof(IValueProvider)} and {nameof(IManifestExpressionProvider)}.");
        }
    }

    private static async ValueTask<(string? Value, Exception? Exception)> TryResolveAsync(
        object? value, IResource caller, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        try
        {
            return (await ResolveAsync(value, caller, executionContext, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (null, e);
        }
    }
}
