using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>The environment variables that the resource gets: values in run mode, expressions in publish mode.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="applicationOperation">Run or publish.</param>
    [Obsolete("Use ProcessEnvironmentVariableValuesAsync or evaluate the callbacks.")]
    public static async ValueTask<Dictionary<string, string>> GetEnvironmentVariableValuesAsync(this IResourceWithEnvironment resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        await ConfiguredValues.EnvironmentAsync(
            resource,
            new DistributedApplicationExecutionContext(applicationOperation),
            (name, _, value, exception) => Keep(values, name, value, exception),
            NullLogger.Instance,
            CancellationToken.None).ConfigureAwait(false);
        return values;
    }

    /// <summary>The command line arguments that the resource gets: values in run mode, expressions in publish mode.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="applicationOperation">Run or publish.</param>
    [Obsolete("Use ProcessArgumentValuesAsync or evaluate the callbacks.")]
    public static async ValueTask<string[]> GetArgumentValuesAsync(this IResourceWithArgs resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var values = new List<string>();
        await ConfiguredValues.ArgumentsAsync(
            resource,
            new DistributedApplicationExecutionContext(applicationOperation),
            (_, value, exception, _) => Keep(values, value, exception),
            NullLogger.Instance,
            CancellationToken.None).ConfigureAwait(false);
        return [.. values];
    }

    /// <summary>Evaluates the environment variables of the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">Run or publish.</param>
    /// <param name="processValue">Gets name, unresolved value, value, and the exception where there is no value.</param>
    /// <param name="logger">The log of the resource.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [Obsolete("Evaluate the callbacks instead.")]
    public static ValueTask ProcessEnvironmentVariableValuesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, Action<string, object?, string?, Exception?> processValue, ILogger logger, CancellationToken cancellationToken = default) =>
        ConfiguredValues.EnvironmentAsync(resource, executionContext, processValue, logger, cancellationToken);

    /// <summary>Evaluates the command line arguments of the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">Run or publish.</param>
    /// <param name="processValue">Gets unresolved value, value, the exception where there is no value, and whether it is a secret.</param>
    /// <param name="logger">The log of the resource.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [Obsolete("Evaluate the callbacks instead.")]
    public static ValueTask ProcessArgumentValuesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, Action<object?, string?, Exception?, bool> processValue, ILogger logger, CancellationToken cancellationToken = default) =>
        ConfiguredValues.ArgumentsAsync(resource, executionContext, processValue, logger, cancellationToken);

    private static void Keep(Dictionary<string, string> values, string name, string? value, Exception? exception)
    {
        ThrowIfAny(exception);
        if (value is not null)
        {
            values[name] = value;
        }
    }

    private static void Keep(List<string> values, string? value, Exception? exception)
    {
        ThrowIfAny(exception);
        if (value is not null)
        {
            values.Add(value);
        }
    }

    private static void ThrowIfAny(Exception? exception)
    {
        if (exception is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        }
    }
}
