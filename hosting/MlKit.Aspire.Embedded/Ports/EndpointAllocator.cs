using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>
/// Gives every endpoint its address. A single instance listens on its public port itself; between the callers and replicas
/// stands a <see cref="ReplicaProxy"/> where HTTP is spoken, else a <see cref="TcpRelay"/>, as before a process that listens
/// on another port than its callers use.
/// </summary>
internal sealed class EndpointAllocator(FreePorts ports, IConfiguration configuration, RunSettings settings) : IDisposable
{
    private readonly Dictionary<(string Resource, string Endpoint), IReadOnlyList<int>> _listening = [];
    private readonly Dictionary<(string Resource, string Endpoint), TcpRelay> _relays = [];
    private readonly List<ProxiedEndpoint> _proxied = [];

    /// <summary>The endpoints whose replicas need a proxy.</summary>
    public IReadOnlyList<ProxiedEndpoint> Proxied => _proxied;

    /// <summary>Allocates the endpoints of a resource. Returns what to say about ports that were replaced.</summary>
    /// <exception cref="DistributedApplicationException">A port that the user set is taken, or the declaration cannot work.</exception>
    public IReadOnlyList<string> Allocate(IResource resource)
    {
        var notes = new List<string>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.AllocatedEndpoint is null)
            {
                AllocateOne(resource, endpoint, notes);
            }
        }

        return notes;
    }

    /// <summary>Replaces the placeholders of a resource's own ports by those of one replica.</summary>
    public string FillPorts(IResource resource, int replica, string text)
    {
        foreach (var ((name, endpoint), listening) in _listening)
        {
            if (name == resource.Name)
            {
                text = text.Replace(Placeholder(name, endpoint), Text(listening[replica]), StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>The port that a replica itself listens on.</summary>
    public int ListeningPort(IResource resource, EndpointAnnotation endpoint, int replica) => _listening[(resource.Name, endpoint.Name)][replica];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var relay in _relays.Values)
        {
            relay.Dispose();
        }
    }

    /// <summary>Leads the callers of an endpoint to a port that is known only now.</summary>
    public void Redirect(IResource resource, EndpointAnnotation endpoint, int port)
    {
        if (_relays.TryGetValue((resource.Name, endpoint.Name), out var relay))
        {
            relay.Redirect(port);
        }
    }

    private static string Placeholder(string resource, string endpoint) => $"{{{{mlkit.port.{resource}.{endpoint}}}}}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private void AllocateOne(IResource resource, EndpointAnnotation endpoint, List<string> notes)
    {
        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        Validate(resource, endpoint, replicas);
        var open = PublicPort(resource, endpoint, notes);
        var container = resource.Annotations.OfType<ContainerImageAnnotation>().Any();
        var relayed = container ? Lifetimes.IsPersistent(resource) : replicas > 1 || (endpoint.TargetPort is { } target && target != open);
        var listening = replicas > 1
            ? [.. Enumerable.Range(0, replicas).Select(_ => ports.Take())]
            : new[] { container ? open : endpoint.TargetPort ?? open };
        if (replicas > 1 && ProxiedEndpoint.SpeaksHttp(endpoint))
        {
            _proxied.Add(new ProxiedEndpoint(resource, endpoint, open, listening));
        }
        else if (relayed)
        {
            _relays.Add((resource.Name, endpoint.Name), TcpRelay.Start(open, container ? [] : listening));
        }

        if (container)
        {
            endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
                KnownNetworkIdentifiers.DefaultAspireContainerNetwork,
                new AllocatedEndpoint(
                    endpoint, $"{resource.Name}.dev.internal", endpoint.TargetPort!.Value, EndpointBindingMode.SingleAddress, null, KnownNetworkIdentifiers.DefaultAspireContainerNetwork));
        }

        _listening[(resource.Name, endpoint.Name)] = listening;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint,
            PublicHost(endpoint),
            open,
            replicas > 1 ? Placeholder(resource.Name, endpoint.Name) : Text(container ? endpoint.TargetPort ?? open : listening[0]));
    }

    private int PublicPort(IResource resource, EndpointAnnotation endpoint, List<string> notes)
    {
        var user = PortSettings.Find(configuration, resource.Name, endpoint.Name) ?? FromProfile(resource, endpoint);
        if (user is not null)
        {
            return ports.TryTake(user.Port) ? user.Port : throw new DistributedApplicationException(
                $"port {user.Port} of '{resource.Name}' (endpoint '{endpoint.Name}', set by {user.Setting}) is taken by another program; free it or set another port");
        }

        var wanted = endpoint.Port ?? (endpoint.IsExplicitlyProxied is false ? endpoint.TargetPort : null);
        if (wanted is not { } port || (settings.RandomizePorts && endpoint.IsProxied))
        {
            return ports.Take();
        }

        if (ports.TryTake(port))
        {
            return port;
        }

        if (endpoint.IsExplicitlyProxied is false && endpoint.TargetPort == port)
        {
            throw new DistributedApplicationException(
                $"port {port} of '{resource.Name}' (endpoint '{endpoint.Name}') is taken by another program, and the resource can listen on no other");
        }

        var free = ports.Take();
        notes.Add($"port {port} of '{resource.Name}' is taken: {free} is used instead");
        return free;
    }

    private UserPort? FromProfile(IResource resource, EndpointAnnotation endpoint)
    {
        var annotation = resource.Annotations.OfType<UserPortAnnotation>().LastOrDefault(a => a.EndpointName == endpoint.Name);
        return annotation is not null && annotation.Port == endpoint.Port && !settings.RandomizePorts
            ? new UserPort(annotation.Port, annotation.Setting)
            : null;
    }

    private static string PublicHost(EndpointAnnotation endpoint) => endpoint.TargetHost is "0.0.0.0" or "*" or "+" or "::" or "[::]"
        ? KnownHostNames.Localhost
        : endpoint.TargetHost;

    private static void Validate(IResource resource, EndpointAnnotation endpoint, int replicas)
    {
        string? problem = null;
        var container = resource.Annotations.OfType<ContainerImageAnnotation>().Any();
        if (container && endpoint.TargetPort is null)
        {
            problem = "a container's endpoint needs a target port";
        }
        else if (replicas > 1 && endpoint.TargetPort is not null)
        {
            problem = "replicas cannot share a fixed target port";
        }
        else if (replicas > 1 && endpoint.IsExplicitlyProxied is false)
        {
            problem = "replicas need a proxied endpoint";
        }
        else if (!container && endpoint.IsProxied && endpoint.Port is { } port && endpoint.TargetPort == port)
        {
            problem = $"port and target port are both {port}: leave the target port out, or set isProxied to false";
        }

        if (problem is not null)
        {
            throw new DistributedApplicationException($"endpoint '{endpoint.Name}' of '{resource.Name}': {problem}");
        }
    }
}
