using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The resources of one chart and how they reach each other.</summary>
internal sealed class PublishedApplication
{
    private readonly Dictionary<IResource, IReadOnlyList<PublishedEndpoint>> _endpoints = [];
    private readonly HashSet<NetworkEdge> _edges = [];
    private readonly HashSet<PublishedEndpoint> _routed = [];
    private readonly HashSet<IResource> _bucketUsers = [];
    private readonly HashSet<IResource> _awaited;
    private readonly List<(IResource Resource, string Component)> _helpers = [];

    /// <exception cref="DistributedApplicationException">Two resources would have objects of one name.</exception>
    public PublishedApplication(KubernetesEnvironmentResource environment, IReadOnlyList<IResource> resources)
    {
        Environment = environment;
        Resources = resources;
        foreach (var resource in resources)
        {
            _endpoints[resource] = PublishedEndpoint.Of(resource);
        }

        var same = resources.GroupBy(ObjectNames.Component, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new DistributedApplicationException(
                $"The resources {string.Join(" and ", same.Select(resource => $"'{resource.Name}'"))} would both be named "
                + $"'{same.Key}' in the cluster; rename one of them.");
        }

        _awaited = [.. resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion)
            .Select(wait => Published(wait.Resource))];
    }

    public KubernetesEnvironmentResource Environment { get; }

    public IReadOnlyList<IResource> Resources { get; }

    public ChartValues Values { get; } = new();

    /// <summary>Who calls whom, as far as references and waits tell.</summary>
    public IEnumerable<NetworkEdge> Edges => _edges;

    /// <summary>The resources whose settings name the bucket's endpoint.</summary>
    public IReadOnlySet<IResource> BucketUsers => _bucketUsers;

    /// <summary>The value of the label <c>component</c> of further pods of a resource, such as those of a migration.</summary>
    public ILookup<IResource, string> Helpers => _helpers.ToLookup(helper => helper.Resource, helper => helper.Component);

    /// <summary>Notes that a resource has further pods.</summary>
    public void AddHelper(IResource resource, string component) => _helpers.Add((resource, component));

    /// <summary>Notes that a resource's settings hold a parameter.</summary>
    public void Use(IResource consumer, ParameterResource parameter)
    {
        if (parameter.Name == ValuePlaces.BucketEndpoint)
        {
            _bucketUsers.Add(consumer);
        }
    }

    public IReadOnlyList<PublishedEndpoint> EndpointsOf(IResource resource) =>
        _endpoints.TryGetValue(Published(resource), out var endpoints) ? endpoints : [];

    public bool IsPublished(IResource resource) => _endpoints.ContainsKey(Published(resource));

    /// <summary>Whether another resource waits until this one has run to its end: then it is a Job.</summary>
    public bool IsAwaited(IResource resource) => _awaited.Contains(resource);

    /// <summary>
    /// What is published for a resource. An executable with an image is published as a container that shares its
    /// annotations, while references and waits name the executable.
    /// </summary>
    public IResource Published(IResource resource) => _endpoints.ContainsKey(resource)
        ? resource
        : Resources.FirstOrDefault(candidate => ReferenceEquals(candidate.Annotations, resource.Annotations)) ?? resource;

    /// <summary>The endpoint behind a reference; null where a pod does not listen on it.</summary>
    /// <exception cref="DistributedApplicationException">The resource is not in the chart, or has no such endpoint.</exception>
    public PublishedEndpoint? Find(EndpointReference reference, IResource consumer)
    {
        if (!IsPublished(reference.Resource))
        {
            throw new DistributedApplicationException(
                $"Resource '{consumer.Name}' refers to endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', "
                + "which is not published to this Kubernetes environment.");
        }

        var found = EndpointsOf(reference.Resource).FirstOrDefault(endpoint =>
            string.Equals(endpoint.Annotation.Name, reference.EndpointName, StringComparison.OrdinalIgnoreCase));
        if (found is null && !reference.Exists)
        {
            throw new DistributedApplicationException(
                $"Resource '{consumer.Name}' refers to endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', "
                + "which has no endpoint of that name.");
        }

        return found;
    }

    /// <summary>Notes that a declared Ingress leads to an endpoint.</summary>
    public void Route(PublishedEndpoint endpoint) => _routed.Add(endpoint);

    /// <summary>Whether a declared Ingress leads to the endpoint.</summary>
    public bool IsRouted(PublishedEndpoint endpoint) => _routed.Contains(endpoint);

    /// <summary>Notes that <paramref name="caller"/> opens connections to an endpoint.</summary>
    public void Connect(IResource caller, IResource callee, PublishedEndpoint endpoint)
    {
        if (caller != Published(callee))
        {
            _edges.Add(new NetworkEdge(caller, Published(callee), endpoint.TargetPort, endpoint.Protocol));
        }
    }

    /// <summary>Notes that <paramref name="caller"/> may call every endpoint of <paramref name="callee"/>.</summary>
    public void Connect(IResource caller, IResource callee)
    {
        foreach (var endpoint in EndpointsOf(callee))
        {
            Connect(caller, callee, endpoint);
        }
    }
}

/// <summary>One resource calls another.</summary>
internal sealed record NetworkEdge(IResource Caller, IResource Callee, int TargetPort, string Protocol);
