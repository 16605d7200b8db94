using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The endpoints of one resource that another one refers to, under one name.</summary>
/// <param name="source">The resource that is referred to.</param>
/// <param name="alias">The name that it is found under, where it is not its own.</param>
internal sealed class EndpointReferencesAnnotation(IResourceWithEndpoints source, string? alias) : IResourceAnnotation
{
    private readonly List<EndpointReference> _endpoints = [];

    public IResourceWithEndpoints Source { get; } = source;

    public string? Alias { get; } = alias;

    /// <summary>Whether all endpoints of the resource are meant, also those declared later.</summary>
    public bool All { get; set; }

    public void Add(EndpointReference endpoint) => _endpoints.Add(endpoint);

    /// <summary>Sets the variables of service discovery and the plain ones.</summary>
    public void Apply(EnvironmentCallbackContext context, ReferenceEnvironmentInjectionFlags flags)
    {
        var name = Alias ?? Source.Name;
        var prefix = Alias is null ? EnvironmentNames.Upper(Source.Name) : EnvironmentNames.Encode(Alias);
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in Selected())
        {
            // Endpoints with a name of their own are found by it; http and https by what they speak.
            var key = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
            var index = counts.GetValueOrDefault(key);
            counts[key] = index + 1;
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                context.EnvironmentVariables[EnvironmentNames.Service(name, key, index)] = endpoint;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                context.EnvironmentVariables[$"{prefix}_{EnvironmentNames.Upper(endpoint.EndpointName)}"] = endpoint;
            }
        }
    }

    private IEnumerable<EndpointReference> Selected()
    {
        var missing = _endpoints.FirstOrDefault(e => !e.Exists);
        if (missing is not null)
        {
            throw new DistributedApplicationException(
                $"The endpoint `{missing.EndpointName}` is referred to but not defined for the resource `{Source.Name}`. Defined: {Defined()}.");
        }

        var all = All ? Source.GetEndpoints().Where(e => !e.ExcludeReferenceEndpoint) : [];
        return all.Concat(_endpoints).DistinctBy(e => e.EndpointName, StringComparer.OrdinalIgnoreCase);
    }

    private string Defined()
    {
        var names = string.Join(", ", Source.GetEndpoints().Select(e => e.EndpointName));
        return names.Length == 0 ? "none" : names;
    }
}

/// <summary>Which groups of variables references put into a resource.</summary>
internal sealed class ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) : IResourceAnnotation
{
    public ReferenceEnvironmentInjectionFlags Flags { get; } = flags;

    public static ReferenceEnvironmentInjectionFlags Of(IResource resource) =>
        resource.Annotations.OfType<ReferenceEnvironmentInjectionAnnotation>().LastOrDefault()?.Flags ?? ReferenceEnvironmentInjectionFlags.All;
}
