using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Publishing;

/// <content>Writes the parts that resources have in common.</content>
public sealed partial class ManifestPublishingContext
{
    private readonly Dictionary<string, IResource> _dependent = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ReferenceExpression> _choices = new(StringComparer.Ordinal);
    private readonly PortAllocator _ports = new();

    /// <summary>The resources that what was written refers to.</summary>
    internal IEnumerable<IResource> Dependent => _dependent.Values;

    /// <summary>Notes the resources that a value refers to.</summary>
    /// <param name="value">The value.</param>
    public void TryAddDependentResources(object? value)
    {
        foreach (var resource in ValueReferences.Resources(value))
        {
            _dependent.TryAdd(resource.Name, resource);
        }

        foreach (var choice in ValueReferences.Choices(value))
        {
            _choices.TryAdd(choice.ValueExpression, choice);
        }
    }

    // Expressions name a choice like a resource, so the manifest has it as one.
    internal void WriteChoices()
    {
        foreach (var (name, choice) in _choices)
        {
            Writer.WriteStartObject(name.TrimStart('{').Split('.')[0]);
            Writer.WriteString("type", "value.v0");
            Writer.WriteString("condition", (choice.Condition as IManifestExpressionProvider)?.ValueExpression);
            Writer.WriteString("matchValue", choice.MatchValue);
            Writer.WriteString("whenTrue", choice.WhenTrue!.ValueExpression);
            Writer.WriteString("whenFalse", choice.WhenFalse!.ValueExpression);
            Writer.WriteEndObject();
        }
    }

    /// <summary>Writes the connection string, where the resource has one.</summary>
    /// <param name="resource">The resource.</param>
    public void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString connected)
        {
            Writer.WriteString("connectionString", connected.ConnectionStringExpression.ValueExpression);
        }
    }

    /// <summary>Writes the endpoints, where the resource has some.</summary>
    /// <param name="resource">The resource.</param>
    public void WriteBindings(IResource resource)
    {
        if (!resource.TryGetEndpoints(out _))
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var resolved in resource.ResolveEndpoints(_ports))
        {
            var endpoint = resolved.Endpoint;
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            WritePort("port", endpoint.Port);
            WritePort("targetPort", resolved.TargetPort.Value);
            if (endpoint.IsExternal)
            {
                Writer.WriteBoolean("external", true);
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    /// <summary>Writes the environment variables, as expressions.</summary>
    /// <param name="resource">The resource.</param>
    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var variables = await ConfiguredValues.GatherEnvironmentAsync(resource, ExecutionContext, NullLogger.Instance, CancellationToken).ConfigureAwait(false);
        if (variables.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
        {
            TryAddDependentResources(value);
            Writer.WriteString(name, await ConfiguredValues.ResolveAsync(value, resource, ExecutionContext, CancellationToken).ConfigureAwait(false));
        }

        Writer.WriteEndObject();
    }

    /// <summary>Writes the arguments, as expressions.</summary>
    /// <param name="resource">The resource.</param>
    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        var arguments = await ConfiguredValues.GatherArgumentsAsync(resource, ExecutionContext, NullLogger.Instance, CancellationToken).ConfigureAwait(false);
        if (arguments.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var value in arguments)
        {
            TryAddDependentResources(value);
            Writer.WriteStringValue(await ConfiguredValues.ResolveAsync(value, resource, ExecutionContext, CancellationToken).ConfigureAwait(false));
        }

        Writer.WriteEndArray();
    }

    private void WritePort(string name, int? port)
    {
        if (port is { } number)
        {
            Writer.WriteNumber(name, number);
        }
    }
}
