namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    /// <summary>
    /// The endpoints of the resource with the ports that they have when it is published. A .NET project's first endpoint of
    /// each web scheme gets none: what deploys the project chooses it.
    /// </summary>
    /// <param name="resource">The resource.</param>
    /// <param name="portAllocator">Gives the missing ports; the default begins at 8000.</param>
    public static IReadOnlyList<ResolvedEndpoint> ResolveEndpoints(this IResource resource, IPortAllocator? portAllocator = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var allocator = portAllocator ?? new PortAllocator();
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        foreach (var port in endpoints.SelectMany(e => new[] { e.Port, e.TargetPort }).OfType<int>())
        {
            allocator.AddUsedPort(port);
        }

        var isProject = resource.Annotations.OfType<IProjectMetadata>().Any();
        var chosenLater = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. endpoints.Select(endpoint =>
        {
            var target = endpoint switch
            {
                { TargetPort: { } own } => ResolvedPort.Explicit(own),
                { Port: { } port } when resource.IsContainer() => ResolvedPort.Explicit(port),
                { UriScheme: "http" or "https" } when isProject && chosenLater.Add(endpoint.UriScheme) => ResolvedPort.None(),
                _ => ResolvedPort.Allocated(allocator.AllocatePort()),
            };
            return new ResolvedEndpoint { Endpoint = endpoint, TargetPort = target, ExposedPort = Exposed(endpoint, target) };
        })];
    }

    private static ResolvedPort Exposed(EndpointAnnotation endpoint, ResolvedPort target) => (endpoint.Port, endpoint.UriScheme, target.Value) switch
    {
        ({ } port, _, _) => ResolvedPort.Explicit(port),
        (null, "http", null) => ResolvedPort.Implicit(HttpPort),
        (null, "https", null) => ResolvedPort.Implicit(HttpsPort),
        (null, _, { } port) => ResolvedPort.Implicit(port),
        _ => ResolvedPort.None(),
    };
}
