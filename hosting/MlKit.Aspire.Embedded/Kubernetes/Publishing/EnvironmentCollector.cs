using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Environment and arguments of a resource, as Helm texts.</summary>
internal sealed class EnvironmentCollector(
    ExpressionResolver resolver,
    DistributedApplicationExecutionContext executionContext,
    ILogger logger)
{
    private const string ConnectionStringPrefix = "ConnectionStrings__";

    /// <summary>The variables in the order in which they were set.</summary>
    public async Task<List<KeyValuePair<string, HelmValue>>> VariablesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, [], cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var resolved = new List<KeyValuePair<string, HelmValue>>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            var text = await resolver.ResolveAsync(value, resource, $"environment variable {name}", cancellationToken)
                .ConfigureAwait(false);
            if (text is not null)
            {
                resolved.Add(new(Portable(name), text));
            }
        }

        return resolved;
    }

    /// <summary>The arguments in the order in which they were added.</summary>
    public async Task<List<HelmValue>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, resource, cancellationToken)
        {
            ExecutionContext = executionContext,
            Logger = logger,
        };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var resolved = new List<HelmValue>();
        foreach (var argument in arguments)
        {
            var use = string.Create(CultureInfo.InvariantCulture, $"argument {resolved.Count + 1}");
            if (await resolver.ResolveAsync(argument, resource, use, cancellationToken).ConfigureAwait(false) is { } text)
            {
                resolved.Add(text);
            }
        }

        return resolved;
    }

    // A variable's name may hold letters, digits and underscores; configuration finds the connection string by this form too.
    private static string Portable(string name)
    {
        if (!name.StartsWith(ConnectionStringPrefix, StringComparison.Ordinal))
        {
            return name;
        }

        var portable = new StringBuilder(ConnectionStringPrefix);
        foreach (var character in name.AsSpan(ConnectionStringPrefix.Length))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                portable.Append(character);
            }
            else if (portable[^1] != '_')
            {
                portable.Append('_');
            }
        }

        return portable.ToString();
    }
}
