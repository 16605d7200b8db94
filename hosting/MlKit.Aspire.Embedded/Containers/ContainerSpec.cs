using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>How one container is created.</summary>
/// <param name="Name">Its name in the engine.</param>
/// <param name="Image">The full name of its image.</param>
/// <param name="IsPersistent">Whether it outlives the host.</param>
/// <param name="Arguments">The arguments of <c>create</c> without the ports, the image last but for its own arguments.</param>
/// <param name="Ports">The arguments that publish its ports.</param>
/// <param name="Variables">The variables of the CLI itself: those of the container that must not stand in its arguments.</param>
internal sealed record ContainerSpec(
    string Name, string Image, bool IsPersistent, IReadOnlyList<string> Arguments, IReadOnlyList<string> Ports, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The label that says which state folder a container belongs to.</summary>
    public const string HostLabel = "dev.mlkit.host";

    /// <summary>The label that says whether it ends with its host.</summary>
    public const string LifetimeLabel = "dev.mlkit.lifetime";

    /// <summary>The label that says what it was created from.</summary>
    public const string SpecLabel = "dev.mlkit.spec";

    /// <summary>Changes whenever the container would be created differently; its ports do not count, they differ by run.</summary>
    public string Fingerprint
    {
        get
        {
            var text = string.Join('\n', [Image, .. Arguments, .. Variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")]);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        }
    }

    /// <summary>Collects what the annotations of a resource say.</summary>
    /// <param name="resource">The container.</param>
    /// <param name="id">The id of the instance, unique among all hosts.</param>
    /// <param name="host">Names the host's state folder.</param>
    /// <param name="network">The network it joins, and the gateway by which it reaches this machine.</param>
    /// <param name="plan">Its variables and arguments.</param>
    /// <param name="runtimeArguments">Further arguments of <c>create</c>.</param>
    public static ContainerSpec Of(
        IResource resource, string id, string host, ContainerNetwork network, LaunchPlan plan, IReadOnlyList<string> runtimeArguments)
    {
        if (!resource.TryGetContainerImageName(out var image))
        {
            throw new DistributedApplicationException($"'{resource.Name}' has no image");
        }

        var persistent = Lifetimes.IsPersistent(resource);
        var name = resource.Annotations.OfType<ContainerNameAnnotation>().LastOrDefault()?.Name ?? (persistent ? $"{resource.Name}-{host[..8]}" : id);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var arguments = new List<string> { "--network", network.Name, "--network-alias", resource.Name, "--network-alias", $"{resource.Name}.dev.internal" };
        foreach (var alias in resource.Annotations.OfType<ContainerNetworkAliasAnnotation>())
        {
            arguments.AddRange(["--network-alias", alias.Alias]);
        }

        arguments.AddRange(network.HostNames());
        arguments.AddRange(Mounts(resource));
        AddVariables(arguments, variables, plan);
        arguments.AddRange(PullPolicy(resource));
        arguments.AddRange(runtimeArguments);
        if (resource is ContainerResource { Entrypoint: { Length: > 0 } entrypoint })
        {
            arguments.AddRange(["--entrypoint", entrypoint]);
        }

        return new ContainerSpec(name, image, persistent, [.. arguments, image, .. plan.Start.Arguments], PublishedPorts(resource, persistent), variables);
    }

    // Secrets go through the CLI's own environment: arguments can be read by every user of the machine.
    private static void AddVariables(List<string> arguments, Dictionary<string, string> variables, LaunchPlan plan)
    {
        foreach (var (name, value) in plan.Configured)
        {
            if (plan.Secrets.Contains(name))
            {
                variables[name] = value;
                arguments.AddRange(["--env", name]);
            }
            else
            {
                arguments.AddRange(["--env", $"{name}={value}"]);
            }
        }
    }

    private static IEnumerable<string> Mounts(IResource resource)
    {
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            var type = mount.Type == ContainerMountType.BindMount ? "bind" : "volume";
            var source = mount.Source is { Length: > 0 } from ? $",{Field($"source={from}")}" : "";
            yield return "--mount";
            yield return $"type={type}{source},{Field($"target={mount.Target}")}{(mount.IsReadOnly ? ",readonly" : "")}";
        }
    }

    // The value of --mount is one line of comma-separated values.
    private static string Field(string text) =>
        text.Contains(',', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static IEnumerable<string> PullPolicy(IResource resource) => resource.Annotations.OfType<ContainerImagePullPolicyAnnotation>().LastOrDefault()?.ImagePullPolicy switch
    {
        ImagePullPolicy.Always => ["--pull", "always"],
        ImagePullPolicy.Missing => ["--pull", "missing"],
        ImagePullPolicy.Never => ["--pull", "never"],
        _ => [],
    };

    // A persistent container keeps its ports over runs: the engine chooses them, and the host's relay leads there.
    private static List<string> PublishedPorts(IResource resource, bool persistent)
    {
        var ports = new List<string>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.AllocatedEndpoint is not null && e.TargetPort is not null))
        {
            var address = endpoint.TargetHost is "0.0.0.0" or "*" or "+" ? "0.0.0.0" : "127.0.0.1";
            var port = persistent ? "" : endpoint.AllocatedEndpoint!.Port.ToString(CultureInfo.InvariantCulture);
            var protocol = endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp ? "/udp" : "";
            ports.AddRange(["--publish", string.Create(CultureInfo.InvariantCulture, $"{address}:{port}:{endpoint.TargetPort}{protocol}")]);
        }

        return ports;
    }
}
