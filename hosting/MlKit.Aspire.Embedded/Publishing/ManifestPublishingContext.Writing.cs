using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Publishing;

/// <content>Writes the parts that resources have in common.</content>
public sealed partial class ManifestPublishingContext
{
    private readonly Dictionary<string, IResource> _dependent = new(StringComparer.OrdinalIgnoreCase);

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
        if (!resource.TryGetEndpoints(out var endpoints))
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            WritePort("port", endpoint.Port);
            WritePort("targetPort", endpoint.TargetPort);
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

    /// <summary>Writes a container.</summary>
    /// <param name="container">The container.</param>
    /// <exception cref="DistributedApplicationException">It has no image.</exception>
    public async Task WriteContainerAsync(ContainerResource container)
    {
        ArgumentNullException.ThrowIfNull(container);
        Writer.WriteString("type", "container.v0");
        WriteConnectionString(container);
        Writer.WriteString("image", container.TryGetContainerImageName(out var image)
            ? image
            : throw new DistributedApplicationException($"Could not get container image name of '{container.Name}'."));
        if (container.Entrypoint is { } entrypoint)
        {
            Writer.WriteString("entrypoint", entrypoint);
        }

        await WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(container, ContainerMountType.Volume, "volumes", "name");
        WriteMounts(container, ContainerMountType.BindMount, "bindMounts", "source");
        await WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        WriteBindings(container);
    }

    private void WriteMounts(IResource resource, ContainerMountType type, string property, string sourceProperty)
    {
        var mounts = resource.Annotations.OfType<ContainerMountAnnotation>().Where(m => m.Type == type).ToList();
        if (mounts.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            Writer.WriteStartObject();
            if (mount.Source is { } source)
            {
                Writer.WriteString(sourceProperty, type == ContainerMountType.BindMount ? GetManifestRelativePath(source) : source);
            }

            Writer.WriteString("target", mount.Target);
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            Writer.WriteEndObject();
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
