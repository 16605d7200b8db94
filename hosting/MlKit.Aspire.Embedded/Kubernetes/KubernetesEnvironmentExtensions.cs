using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting;

/// <summary>Publishes an application to Kubernetes.</summary>
public static class KubernetesEnvironmentExtensions
{
    /// <summary>
    /// Publishes the application as a Helm chart when the AppHost runs with <c>--operation publish</c>. In run mode it
    /// has no effect.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name; the pipeline step is <c>publish-NAME</c>.</param>
    public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var environment = new KubernetesEnvironmentResource(name);
        return builder.ExecutionContext.IsRunMode
            ? builder.CreateResourceBuilder(environment)
            : builder.AddResource(environment).WithPipelineStepFactory(context => KubernetesSteps.Of(environment, context.PipelineContext));
    }

    /// <summary>Sets storage, image and Service defaults of the environment.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithProperties(
        this IResourceBuilder<KubernetesEnvironmentResource> builder,
        Action<KubernetesEnvironmentResource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource);
        return builder;
    }

    /// <summary>Sets name, version and description of the chart.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithHelm(
        this IResourceBuilder<KubernetesEnvironmentResource> builder,
        Action<HelmChartOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(builder.Resource.Helm);
        return builder;
    }

    /// <summary>Accepted for compatibility: the chart holds no dashboard.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithDashboard(
        this IResourceBuilder<KubernetesEnvironmentResource> builder,
        bool enabled = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.DashboardEnabled = enabled;
        return builder;
    }
}
