using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The environment and the arguments that the callbacks of a resource give, as text.</summary>
/// <param name="Environment">The variables.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="ToolArguments">The arguments of the tool that starts the program, before the program's own.</param>
/// <param name="Secrets">The names of the variables whose values hold a secret.</param>
internal sealed record ResolvedValues(
    IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments, IReadOnlyList<string> ToolArguments, IReadOnlySet<string> Secrets)
{
    /// <summary>Runs the callbacks in the order in which they were added and waits for the values.</summary>
    public static async Task<ResolvedValues> ResolveAsync(
        IResource resource, DistributedApplicationExecutionContext execution, ILogger logger, CancellationToken cancellationToken)
    {
        var variables = new EnvironmentCallbackContext(execution, resource, [], cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(variables);
        }

        var arguments = await GatherAsync(
            resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().Select(a => a.Callback), resource, execution, logger, cancellationToken);
        var toolArguments = await GatherAsync(
            resource.Annotations.OfType<LaunchToolArgsAnnotation>().Select(a => a.Callback), resource, execution, logger, cancellationToken);
        var context = new ValueProviderContext { ExecutionContext = execution, Caller = resource };
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables.EnvironmentVariables)
        {
            if (await TextAsync(value, context, cancellationToken) is { } text)
            {
                environment[name] = text;
            }
        }

        var secrets = variables.EnvironmentVariables.Where(v => HoldsSecret(v.Value)).Select(v => v.Key).ToHashSet(StringComparer.Ordinal);
        return new ResolvedValues(
            environment, await TextsAsync(arguments, context, cancellationToken), await TextsAsync(toolArguments, context, cancellationToken), secrets);
    }

    private static async Task<IList<object>> GatherAsync(
        IEnumerable<Func<CommandLineArgsCallbackContext, Task>> callbacks,
        IResource resource,
        DistributedApplicationExecutionContext execution,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = execution, Logger = logger };
        foreach (var callback in callbacks.ToList())
        {
            await callback(context);
        }

        return context.Args;
    }

    private static async Task<List<string>> TextsAsync(IEnumerable<object> values, ValueProviderContext context, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var value in values)
        {
            if (await TextAsync(value, context, cancellationToken) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static async ValueTask<string?> TextAsync(object? value, ValueProviderContext context, CancellationToken cancellationToken) => value switch
    {
        null => null,
        string text => text,
        IResourceBuilder<IResource> builder => await TextAsync(builder.Resource, context, cancellationToken),
        IValueProvider provider => await provider.GetValueAsync(context, cancellationToken),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static bool HoldsSecret(object? value) => HoldsSecret(value, []);

    private static bool HoldsSecret(object? value, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
        {
            return false;
        }

        return value switch
        {
            ParameterResource parameter => parameter.Secret,
            IResourceBuilder<IResource> builder => HoldsSecret(builder.Resource, seen),
            // An endpoint refers to its resource, but gives away only the address.
            EndpointReference or EndpointReferenceExpression => false,
            IResourceWithConnectionString => true,
            IValueWithReferences references => references.References.Any(r => HoldsSecret(r, seen)),
            _ => false,
        };
    }
}
