using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>Name, version and description of the chart, and where it is installed.</summary>
public sealed class HelmChartOptions
{
    internal object? ChartName { get; private set; }

    internal object? ChartVersion { get; private set; }

    internal object? ChartDescription { get; private set; }

    internal object? Namespace { get; private set; }

    internal object? ReleaseName { get; private set; }

    /// <summary>Sets the description in <c>Chart.yaml</c>.</summary>
    public HelmChartOptions WithChartDescription(string description) => With(() => ChartDescription = description);

    /// <summary>Sets the description in <c>Chart.yaml</c>.</summary>
    public HelmChartOptions WithChartDescription(IResourceBuilder<ParameterResource> description) =>
        With(() => ChartDescription = description.Resource);

    /// <summary>Sets the chart's name: lower-case letters, digits and hyphens.</summary>
    public HelmChartOptions WithChartName(string name) => With(() => ChartName = name);

    /// <summary>Sets the chart's name: lower-case letters, digits and hyphens.</summary>
    public HelmChartOptions WithChartName(IResourceBuilder<ParameterResource> name) =>
        With(() => ChartName = name.Resource);

    /// <summary>Sets the chart's version, a semantic version.</summary>
    public HelmChartOptions WithChartVersion(string version) => With(() => ChartVersion = version);

    /// <summary>Sets the chart's version, a semantic version.</summary>
    public HelmChartOptions WithChartVersion(IResourceBuilder<ParameterResource> version) =>
        With(() => ChartVersion = version.Resource);

    /// <summary>Sets the namespace that deploying installs into; charts themselves name none.</summary>
    public HelmChartOptions WithNamespace(string @namespace) => With(() => Namespace = @namespace);

    /// <summary>Sets the namespace that deploying installs into; charts themselves name none.</summary>
    public HelmChartOptions WithNamespace(IResourceBuilder<ParameterResource> @namespace) =>
        With(() => Namespace = @namespace.Resource);

    /// <summary>Sets the name of the release that deploying installs.</summary>
    public HelmChartOptions WithReleaseName(string releaseName) => With(() => ReleaseName = releaseName);

    /// <summary>Sets the name of the release that deploying installs.</summary>
    public HelmChartOptions WithReleaseName(IResourceBuilder<ParameterResource> releaseName) =>
        With(() => ReleaseName = releaseName.Resource);

    private HelmChartOptions With(Action change)
    {
        change();
        return this;
    }
}
