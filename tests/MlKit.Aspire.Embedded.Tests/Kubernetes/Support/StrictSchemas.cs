using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking;

namespace MlKit.Tests.Kubernetes;

/// <summary>The strict schemas that the product carries.</summary>
internal sealed class StrictSchemas
{
    /// <summary>What is wrong with an object, each with its path; nothing where it is right.</summary>
    public IReadOnlyList<Problem> Check(JsonObject item) =>
        [.. ManifestCheck.Check([new ManifestObject("rendered.yaml", item)]).Where(problem => problem.Rule == "schema")];
}
