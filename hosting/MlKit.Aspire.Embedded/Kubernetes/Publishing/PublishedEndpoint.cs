using System.IO.Hashing;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>An endpoint inside the cluster.</summary>
/// <param name="Annotation">Its declaration.</param>
/// <param name="PortName">The name of the port: at most 15 characters, with a letter.</param>
/// <param name="Port">What callers use.</param>
/// <param name="TargetPort">What the container listens on.</param>
internal sealed record PublishedEndpoint(EndpointAnnotation Annotation, string PortName, int Port, int TargetPort)
{
    private const int DefaultProjectPort = 8080;
    private const int FirstFreePort = 8000;
    private const int LongestPortName = 15;

    private const int SuffixLength = 4;

    public bool IsHttp => Annotation.UriScheme is "http" or "https";

    /// <summary>The transport, as Kubernetes writes it: <c>TCP</c> or <c>UDP</c>.</summary>
    public string Protocol => Annotation.Protocol.ToString().ToUpperInvariant();

    /// <summary>What the port speaks, for meshes and gateways; null where nothing is known.</summary>
    public string? AppProtocol => (Annotation.UriScheme, Annotation.Transport) switch
    {
        ("grpc", _) or (_, "http2") => "kubernetes.io/h2c",
        ("http", _) => "http",
        ("https", _) => "https",
        _ => null,
    };

    /// <summary>
    /// The endpoints that a pod really listens on. The https endpoint that a project has without a port of its own is
    /// left out: inside a cluster the project speaks plain http.
    /// </summary>
    public static IReadOnlyList<PublishedEndpoint> Of(IResource resource)
    {
        var isProject = resource.Annotations.OfType<IProjectMetadata>().Any();
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => !(isProject && endpoint.UriScheme == "https" && endpoint.TargetPort is null))
            .ToList();
        var used = endpoints.Select(endpoint => endpoint.TargetPort).OfType<int>().ToHashSet();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var published = new List<PublishedEndpoint>();
        foreach (var endpoint in endpoints)
        {
            var target = endpoint.TargetPort ?? Choose(endpoint, isProject, used);
            used.Add(target);
            published.Add(new PublishedEndpoint(endpoint, Name(endpoint, resource, names), endpoint.Port ?? target, target));
        }

        return published;
    }

    private static int Choose(EndpointAnnotation endpoint, bool isProject, HashSet<int> used)
    {
        if (isProject && endpoint.UriScheme == "http" && !used.Contains(DefaultProjectPort))
        {
            return DefaultProjectPort;
        }

        if (!isProject && endpoint.Port is { } port && !used.Contains(port))
        {
            return port;
        }

        return Enumerable.Range(FirstFreePort, 1000).First(candidate => !used.Contains(candidate));
    }

    // Two long names may have one beginning: then the port's name ends in a part of the long name's hash.
    private static string Name(EndpointAnnotation endpoint, IResource resource, HashSet<string> taken)
    {
        var name = ObjectNames.Part(endpoint.Name, LongestPortName);
        if (!name.Any(char.IsAsciiLetterLower))
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}': the endpoint name '{endpoint.Name}' cannot be a Kubernetes port name; "
                + "it must hold a letter, and letters, digits and hyphens only.");
        }

        if (!taken.Add(name))
        {
            var hash = $"{XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(endpoint.Name)):x8}";
            name = $"{ObjectNames.Part(name, LongestPortName - SuffixLength - 1)}-{hash[..SuffixLength]}";
            taken.Add(name);
        }

        return name;
    }
}
