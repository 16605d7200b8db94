using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Words by which steps are found.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class WellKnownPipelineTags
{
    /// <summary>Prepares what the application runs on.</summary>
    public const string ProvisionInfrastructure = "provision-infra";

    /// <summary>Builds an image.</summary>
    public const string BuildCompute = "build-compute";

    /// <summary>Pushes an image.</summary>
    public const string PushContainerImage = "push-container-image";

    /// <summary>Deploys a resource.</summary>
    public const string DeployCompute = "deploy-compute";
}
