using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Name, version and description of the chart.</summary>
internal sealed partial record ChartIdentity(string Name, string Version, string Description)
{
    private const string DefaultVersion = "0.1.0";
    private const int LongestName = 30;

    /// <summary>The version of the application inside, which is also the tag of the images that are built here.</summary>
    public string AppVersion => Version;

    /// <exception cref="DistributedApplicationException">The name or version is none that Helm takes.</exception>
    public static async Task<ChartIdentity> CreateAsync(
        KubernetesEnvironmentResource environment,
        string applicationName,
        CancellationToken cancellationToken)
    {
        var name = await TextAsync(environment.Helm.ChartName, cancellationToken).ConfigureAwait(false)
            ?? applicationName.ToLowerInvariant().Replace('.', '-').Replace('_', '-');
        if (name.Length > LongestName || !NamePattern().IsMatch(name))
        {
            throw new DistributedApplicationException(
                $"Environment '{environment.Name}': '{name}' cannot be a chart name. WithHelm(h => h.WithChartName(...)) takes "
                + $"1 to {LongestName} lower-case letters, digits and hyphens, beginning with a letter.");
        }

        var version = await TextAsync(environment.Helm.ChartVersion, cancellationToken).ConfigureAwait(false) ?? DefaultVersion;
        if (!VersionPattern().IsMatch(version))
        {
            throw new DistributedApplicationException(
                $"Environment '{environment.Name}': '{version}' cannot be a chart version. WithHelm(h => h.WithChartVersion(...)) "
                + "takes a semantic version such as 1.2.3 or 1.2.3-rc.1.");
        }

        var description = await TextAsync(environment.Helm.ChartDescription, cancellationToken).ConfigureAwait(false);
        return new ChartIdentity(name, version, description ?? $"Helm chart of the application {name}.");
    }

    private static async Task<string?> TextAsync(object? value, CancellationToken cancellationToken) => value switch
    {
        ParameterResource parameter => await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false),
        string { Length: > 0 } text => text,
        _ => null,
    };

    [GeneratedRegex("^[a-z]([a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex VersionPattern();
}
