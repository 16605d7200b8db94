using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>Starts containers: network and gateway first, then image, files, the container itself.</summary>
internal sealed class ContainerRunner(
    ContainerEngine engine,
    ContainerImages images,
    IProcessControl processes,
    EndpointAllocator endpoints,
    GatewayRelays relays,
    DistributedApplicationExecutionContext execution,
    IServiceProvider services,
    RunSettings settings)
{
    private readonly string _host = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.StatePath)))[..16];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> _used = new();
    private ContainerNetwork? _network;

    /// <summary>Finds the engine and makes the network, so that the addresses of this machine inside it are known.</summary>
    /// <exception cref="DistributedApplicationException">No engine answers; the message says what to do.</exception>
    public async Task PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        await engine.RequireAsync(resource.Name, cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _network ??= await EnsureNetworkAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Creates and starts the container of an instance, or finds a persistent one again.</summary>
    public async Task<IChildProcess> StartAsync(IResource resource, string id, LaunchPlan plan, Action<string> log, CancellationToken cancellationToken)
    {
        await images.BuildAsync(resource, log, cancellationToken);
        var spec = ContainerSpec.Of(resource, id, _host, _network!, plan, await RuntimeArgumentsAsync(resource, cancellationToken));
        _used[spec.Name] = true;
        var running = spec.IsPersistent && await FindPersistentAsync(spec, cancellationToken);
        if (!running)
        {
            await CreateAsync(spec, log, cancellationToken);
            await CopyFilesAsync(resource, spec, cancellationToken);
        }

        string[] follow = running ? ["logs", "--follow", "--tail", "1000", spec.Name] : ["start", "--attach", spec.Name];
        var child = new ContainerChild(engine, processes.Start(engine.Command(resource.Name, follow)), spec);
        if (spec.IsPersistent)
        {
            await FollowPortsAsync(resource, spec, child, cancellationToken);
        }

        return child;
    }

    /// <summary>Removes what the containers of this run left, and the network where no persistent container is in it.</summary>
    public async Task StopAsync()
    {
        relays.Dispose();
        if (_network is { } network)
        {
            await RemoveSessionContainersAsync(CancellationToken.None);
            await engine.RunAsync(["network", "rm", network.Name], CancellationToken.None);
        }
    }

    private async Task<ContainerNetwork> EnsureNetworkAsync(CancellationToken cancellationToken)
    {
        var name = $"mlkit-{_host}";
        await RemoveSessionContainersAsync(cancellationToken);
        string[] inspect = ["network", "inspect", name, "--format", "{{range .IPAM.Config}}{{.Gateway}} {{end}}"];
        var found = await engine.RunAsync(inspect, cancellationToken);
        if (!found.Succeeded)
        {
            await engine.RequireAsync(["network", "create", "--label", $"{ContainerSpec.HostLabel}={_host}", name], "the container network could not be made", cancellationToken);
            found = await engine.RunAsync(inspect, cancellationToken);
        }

        var gateway = found.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ContainerNetwork.LocalGateway).FirstOrDefault(a => a is not null);
        relays.Open(gateway);
        return new ContainerNetwork(name, gateway);
    }

    // A host that was killed could not remove its containers.
    private async Task RemoveSessionContainersAsync(CancellationToken cancellationToken)
    {
        var left = await engine.RunAsync(
            ["ps", "--all", "--quiet", "--filter", $"label={ContainerSpec.HostLabel}={_host}", "--filter", $"label={ContainerSpec.LifetimeLabel}=session"], cancellationToken);
        if (left is { Succeeded: true, Output.Length: > 0 })
        {
            await engine.RunAsync(["rm", "--force", "--volumes", .. left.Output.Split('\n')], cancellationToken);
        }
    }

    private async Task CreateAsync(ContainerSpec spec, Action<string> log, CancellationToken cancellationToken)
    {
        string[] labels =
        [
            "--label", $"{ContainerSpec.HostLabel}={_host}",
            "--label", $"{ContainerSpec.LifetimeLabel}={(spec.IsPersistent ? "persistent" : "session")}",
            "--label", $"{ContainerSpec.SpecLabel}={spec.Fingerprint}",
        ];
        var created = await engine.RunAsync(["create", "--name", spec.Name, .. labels, .. spec.Ports, .. spec.Arguments], cancellationToken, spec.Variables, line: log);
        if (!created.Succeeded)
        {
            throw new DistributedApplicationException($"the container '{spec.Name}' could not be created from '{spec.Image}': {created.Reason}");
        }
    }

    // True when it runs as it should; one that would be created differently is removed.
    private async Task<bool> FindPersistentAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var found = await engine.RunAsync(
            ["inspect", "--type", "container", "--format", $"{{{{.State.Running}}}} {{{{index .Config.Labels \"{ContainerSpec.SpecLabel}\"}}}}", spec.Name], cancellationToken);
        if (!found.Succeeded)
        {
            return false;
        }

        if (found.Output.Split(' ') is ["true", var fingerprint] && fingerprint == spec.Fingerprint)
        {
            return true;
        }

        await engine.RequireAsync(["rm", "--force", spec.Name], $"the old container '{spec.Name}' could not be removed", cancellationToken);
        return false;
    }

    private async Task CopyFilesAsync(IResource resource, ContainerSpec spec, CancellationToken cancellationToken)
    {
        var context = new ContainerFileSystemCallbackContext { ServiceProvider = services, Model = resource };
        foreach (var files in resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>())
        {
            var entries = await files.Callback(context, cancellationToken);
            var archive = new ContainerFilesArchive(files);
            var copied = await engine.RunAsync(
                ["cp", "-", $"{spec.Name}:/"], cancellationToken, input: (stream, token) => archive.WriteAsync(stream, entries, token));
            if (!copied.Succeeded)
            {
                throw new DistributedApplicationException($"the files for '{files.DestinationPath}' of '{resource.Name}' could not be copied: {copied.Reason}");
            }
        }
    }

    private async Task FollowPortsAsync(IResource resource, ContainerSpec spec, IChildProcess child, CancellationToken cancellationToken)
    {
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.TargetPort is not null))
        {
            var question = new[] { "port", spec.Name, string.Create(CultureInfo.InvariantCulture, $"{endpoint.TargetPort}/tcp") };
            var answer = await engine.RunAsync(question, cancellationToken);
            while ((!answer.Succeeded || answer.Output.Length == 0) && !child.Exited.IsCompleted && await retry.WaitForNextTickAsync(cancellationToken))
            {
                answer = await engine.RunAsync(question, cancellationToken);
            }

            if (int.TryParse(answer.Output.Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture, out var port))
            {
                endpoints.Redirect(resource, endpoint, port);
            }
        }
    }

    private async Task<List<string>> RuntimeArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new ContainerRuntimeArgsCallbackContext([], cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var arguments = new List<string>();
        foreach (var value in context.Args)
        {
            if (await ConfiguredValues.ResolveAsync(value, resource, execution, cancellationToken) is { } text)
            {
                arguments.Add(text);
            }
        }

        return arguments;
    }
}
