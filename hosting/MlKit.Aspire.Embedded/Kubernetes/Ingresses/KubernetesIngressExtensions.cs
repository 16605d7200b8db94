using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>
/// Declares Ingresses. An endpoint behind one needs no <c>WithExternalHttpEndpoints</c>: the network policy lets the
/// controller in. Without a declared Ingress, each external HTTP endpoint has one of its own, off until the values name a host.
/// </summary>
public static class KubernetesIngressExtensions
{
    /// <summary>Adds an Ingress to the cluster. In run mode it has no effect.</summary>
    public static IResourceBuilder<KubernetesIngressResource> AddIngress(
        this IResourceBuilder<KubernetesEnvironmentResource> builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var ingress = new KubernetesIngressResource(name, builder.Resource);
        return builder.ApplicationBuilder.ExecutionContext.IsRunMode
            ? builder.ApplicationBuilder.CreateResourceBuilder(ingress)
            : builder.ApplicationBuilder.AddResource(ingress);
    }

    /// <summary>Sends requests that no path takes to an endpoint.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithDefaultBackend(
        this IResourceBuilder<KubernetesIngressResource> builder, EndpointReference endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return builder.Change(ingress => ingress.DefaultBackend = endpoint);
    }

    /// <summary>Adds a host; paths without a host of their own belong to every host.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithHostname(
        this IResourceBuilder<KubernetesIngressResource> builder, string hostname) =>
        builder.Change(ingress => ingress.Hostnames.Add(Text(hostname)));

    /// <summary>Adds a host that the installation names.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithHostname(
        this IResourceBuilder<KubernetesIngressResource> builder, IResourceBuilder<ParameterResource> hostname) =>
        builder.Change(ingress => ingress.Hostnames.Add(Value(hostname)));

    /// <summary>Sets an annotation of the Ingress, such as a controller's setting.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithIngressAnnotation(
        this IResourceBuilder<KubernetesIngressResource> builder, string key, string value) =>
        builder.Change(ingress => ingress.ObjectAnnotations[Key(key)] = ReferenceExpression.Create($"{value ?? throw new ArgumentNullException(nameof(value))}"));

    /// <summary>Sets an annotation of the Ingress to what the installation says.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithIngressAnnotation(
        this IResourceBuilder<KubernetesIngressResource> builder, string key, IResourceBuilder<ParameterResource> value) =>
        builder.Change(ingress => ingress.ObjectAnnotations[Key(key)] = Value(value));

    /// <summary>Chooses the controller; without it the cluster's default one.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithIngressClass(
        this IResourceBuilder<KubernetesIngressResource> builder, string className) =>
        builder.Change(ingress => ingress.ClassName = Text(className));

    /// <summary>Lets the installation choose the controller.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithIngressClass(
        this IResourceBuilder<KubernetesIngressResource> builder, IResourceBuilder<ParameterResource> className) =>
        builder.Change(ingress => ingress.ClassName = Value(className));

    /// <summary>Leads a path of every host to an endpoint.</summary>
    /// <exception cref="ArgumentException">The path does not begin with <c>/</c>.</exception>
    public static IResourceBuilder<KubernetesIngressResource> WithPath(
        this IResourceBuilder<KubernetesIngressResource> builder, string path, EndpointReference endpoint, IngressPathType pathType = IngressPathType.Prefix) =>
        builder.AddPath(host: null, path, endpoint, pathType);

    /// <summary>Leads a path of one host to an endpoint.</summary>
    /// <exception cref="ArgumentException">The path does not begin with <c>/</c>.</exception>
    public static IResourceBuilder<KubernetesIngressResource> WithPath(
        this IResourceBuilder<KubernetesIngressResource> builder, string host, string path, EndpointReference endpoint, IngressPathType pathType = IngressPathType.Prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return builder.AddPath(host, path, endpoint, pathType);
    }

    /// <summary>Takes the certificate of a Secret for all hosts.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithTls(
        this IResourceBuilder<KubernetesIngressResource> builder, string secretName) =>
        builder.Change(ingress => ingress.TlsSecrets.Add(Text(secretName)));

    /// <summary>Takes the certificate of a Secret that the installation names.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithTls(
        this IResourceBuilder<KubernetesIngressResource> builder, IResourceBuilder<ParameterResource> secretName) =>
        builder.Change(ingress => ingress.TlsSecrets.Add(Value(secretName)));

    /// <summary>Takes the certificate of the Secret <c>NAME-tls</c>, which a certificate manager may fill.</summary>
    public static IResourceBuilder<KubernetesIngressResource> WithTls(this IResourceBuilder<KubernetesIngressResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithTls($"{builder.Resource.Name}-tls");
    }

    private static IResourceBuilder<KubernetesIngressResource> AddPath(
        this IResourceBuilder<KubernetesIngressResource> builder, string? host, string path, EndpointReference endpoint, IngressPathType pathType)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return path is ['/', ..]
            ? builder.Change(ingress => ingress.Paths.Add(new IngressPath(host, path, endpoint, pathType)))
            : throw new ArgumentException($"The path '{path}' must begin with '/'.", nameof(path));
    }

    private static IResourceBuilder<KubernetesIngressResource> Change(
        this IResourceBuilder<KubernetesIngressResource> builder, Action<KubernetesIngressResource> change)
    {
        ArgumentNullException.ThrowIfNull(builder);
        change(builder.Resource);
        return builder;
    }

    private static string Key(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return key;
    }

    private static ReferenceExpression Text(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return ReferenceExpression.Create($"{text}");
    }

    private static ReferenceExpression Value(IResourceBuilder<ParameterResource> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return ReferenceExpression.Create($"{parameter.Resource}");
    }
}
