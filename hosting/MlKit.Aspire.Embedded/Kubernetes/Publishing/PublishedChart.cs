using Aspire.Hosting.Kubernetes.Checking;
using Aspire.Hosting.Kubernetes.Rendering;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>A chart before it is written in one of the output formats.</summary>
/// <param name="Identity">Its name and version.</param>
/// <param name="Values">What an installation may change.</param>
/// <param name="Objects">The objects.</param>
/// <param name="LongestName">How long release and chart name may be together.</param>
internal sealed record PublishedChart(ChartIdentity Identity, ChartValues Values, IReadOnlyList<ChartObject> Objects, int LongestName)
{
    /// <summary>The release name that plain manifests and checks assume.</summary>
    public string DefaultRelease => Identity.Name;

    /// <summary>The objects as an installation with the default values has them.</summary>
    public IReadOnlyList<ManifestObject> Render(string service = "Helm") => new ObjectRenderer(
        Objects, new RenderContext(Identity, JsonTree.ToJson(Values.Root), DefaultRelease, service, LongestName) { Namespace = Identity.Name }).Render();

    /// <summary>Refuses what an API server would refuse, or what would not work together.</summary>
    /// <exception cref="DistributedApplicationException">Something is wrong; the message lists it.</exception>
    public void Require(IReadOnlyList<ManifestObject> objects)
    {
        var errors = ManifestCheck.Check(objects).Where(problem => problem.IsError).ToList();
        if (errors.Count > 0)
        {
            throw new DistributedApplicationException(
                $"The objects to publish have {errors.Count} faults, and nothing was written:\n  {string.Join("\n  ", errors)}");
        }
    }
}
