using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource the connection string of another one, and the parts of the connection.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <param name="connectionName">The name of the connection string; the default is the other resource's.</param>
    /// <param name="optional">Whether a missing connection string is tolerated; otherwise it fails the start.</param>
    /// <exception cref="DistributedApplicationException">The name differs from an earlier one only in characters that
    /// an environment variable cannot hold.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource.Annotations.OfType<ConnectionStringRedirectAnnotation>().LastOrDefault()?.Resource ?? source.Resource;
        var names = ConnectionStringEnvironmentVariableNames.Create(resource, connectionName ?? source.Resource.Name);
        ThrowIfTaken(builder.Resource, names);
        var reference = new ConnectionStringReference(resource, optional) { EnvironmentVariableNames = names };
        return builder.WithAnnotation(new ConnectionStringNamesAnnotation(names))
            .WithReferenceRelationship(resource)
            .WithEnvironment(context => PutConnection(context, builder.Resource, reference));
    }

    /// <summary>Lets the resource find another one by the variables of service discovery.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        builder.EndpointReferencesTo(source.Resource, null).All = true;
        return builder;
    }

    /// <summary>Lets the resource find another one under a name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <param name="name">The name.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.EndpointReferencesTo(source.Resource, name).All = true;
        return builder;
    }

    /// <summary>Lets the resource find a fixed address under a name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name.</param>
    /// <param name="uri">Absolute, with the path <c>/</c>.</param>
    /// <exception cref="InvalidOperationException">The URI breaks one of those rules.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri)
        {
            throw new InvalidOperationException($"The uri for service reference '{name}' must be absolute, '{uri}' is not.");
        }

        if (uri.AbsolutePath != "/")
        {
            throw new InvalidOperationException($"The uri absolute path for service reference '{name}' must be \"/\", not '{uri.AbsolutePath}'.");
        }

        return builder.WithEnvironment(context =>
        {
            var flags = ReferenceEnvironmentInjectionAnnotation.Of(builder.Resource);
            Put(context, flags, ReferenceEnvironmentInjectionFlags.ServiceDiscovery, EnvironmentNames.Service(name, "default", 0), uri.ToString());
            Put(context, flags, ReferenceEnvironmentInjectionFlags.Endpoints, name, uri.ToString());
        });
    }

    /// <summary>Lets the resource find a service that runs elsewhere.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="externalService">The service.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(externalService);
        return builder.WithReferenceRelationship(externalService.Resource)
            .WithEnvironment(context => PutExternalServiceAsync(context, builder.Resource, externalService.Resource));
    }

    /// <summary>Lets the resource find one endpoint of another one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointReference">The endpoint.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        builder.EndpointReferencesTo(endpointReference.Resource, null).Add(endpointReference);
        return builder;
    }

    /// <summary>Chooses which groups of variables references put into the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="flags">The groups.</param>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags), ResourceAnnotationMutationBehavior.Replace);
    }

    private static EndpointReferencesAnnotation EndpointReferencesTo<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? alias)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var references = builder.Resource.Annotations.OfType<EndpointReferencesAnnotation>()
            .FirstOrDefault(a => ReferenceEquals(a.Source, source) && a.Alias == alias);
        if (references is null)
        {
            references = new EndpointReferencesAnnotation(source, alias);
            builder.WithAnnotation(references)
                .WithReferenceRelationship(source)
                .WithEnvironment(context => references.Apply(context, ReferenceEnvironmentInjectionAnnotation.Of(builder.Resource)));
        }

        return references;
    }

    private static void PutConnection(EnvironmentCallbackContext context, IResource destination, ConnectionStringReference reference)
    {
        var flags = ReferenceEnvironmentInjectionAnnotation.Of(destination);
        var names = reference.EnvironmentVariableNames!;
        foreach (var name in names.GetPhysicalNames())
        {
            Put(context, flags, ReferenceEnvironmentInjectionFlags.ConnectionString, name, reference);
        }

        var prefix = EnvironmentNames.Upper(names.LogicalName);
        foreach (var (property, value) in ConnectionProperties.Of(reference.Resource))
        {
            Put(context, flags, ReferenceEnvironmentInjectionFlags.ConnectionProperties, $"{prefix}_{EnvironmentNames.Upper(property)}", value);
        }
    }

    private static async Task PutExternalServiceAsync(EnvironmentCallbackContext context, IResource destination, ExternalServiceResource service)
    {
        var flags = ReferenceEnvironmentInjectionAnnotation.Of(destination);
        var variable = EnvironmentNames.Upper(service.Name);
        object value;
        string key;
        if (service.Uri is { } uri)
        {
            (value, key) = (uri.ToString(), uri.Scheme);
        }
        else if (context.ExecutionContext.IsPublishMode)
        {
            (value, key) = (service.UrlParameter!, "default");
        }
        else
        {
            var address = await ExternalServiceAddress.ReadAsync(service, context.CancellationToken).ConfigureAwait(false);
            (value, key) = (service.UrlParameter!, address.Scheme);
            variable = $"{variable}_{EnvironmentNames.Upper(address.Scheme)}";
        }

        Put(context, flags, ReferenceEnvironmentInjectionFlags.ServiceDiscovery, EnvironmentNames.Service(service.Name, key, 0), value);
        Put(context, flags, ReferenceEnvironmentInjectionFlags.Endpoints, variable, value);
    }

    private static void Put(EnvironmentCallbackContext context, ReferenceEnvironmentInjectionFlags flags, ReferenceEnvironmentInjectionFlags group, string name, object value)
    {
        if (flags.HasFlag(group))
        {
            context.EnvironmentVariables[name] = value;
        }
    }

    private static void ThrowIfTaken(IResource destination, ConnectionStringEnvironmentVariableNames names)
    {
        var other = destination.Annotations.OfType<ConnectionStringNamesAnnotation>().Select(a => a.Names).FirstOrDefault(n =>
            string.Equals(n.PortableName, names.PortableName, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(n.LogicalName, names.LogicalName, StringComparison.OrdinalIgnoreCase));
        if (other is not null)
        {
            throw new DistributedApplicationException(
                $"Resource '{destination.Name}' refers to the connection strings '{other.LogicalName}' and '{names.LogicalName}', which both become the environment variable '{names.PortableName}'. Give one of them another connectionName.");
        }
    }
}

/// <summary>The variables that a reference to a connection string uses, to find clashes.</summary>
internal sealed class ConnectionStringNamesAnnotation(ConnectionStringEnvironmentVariableNames names) : IResourceAnnotation
{
    public ConnectionStringEnvironmentVariableNames Names { get; } = names;
}
