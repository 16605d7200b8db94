using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Names of the steps that every pipeline has.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class WellKnownPipelineSteps
{
    /// <summary>Writes the output of every compute environment.</summary>
    public const string Publish = "publish";

    /// <summary>Runs before every publish step.</summary>
    public const string PublishPrereq = "publish-prereq";

    /// <summary>Installs what was published.</summary>
    public const string Deploy = "deploy";

    /// <summary>Runs before every deploy step.</summary>
    public const string DeployPrereq = "deploy-prereq";

    /// <summary>Asks for the values of parameters.</summary>
    public const string ProcessParameters = "process-parameters";

    /// <summary>Builds the images.</summary>
    public const string Build = "build";

    /// <summary>Runs before every build step.</summary>
    public const string BuildPrereq = "build-prereq";

    /// <summary>Pushes the images.</summary>
    public const string Push = "push";

    /// <summary>Runs before every push step.</summary>
    public const string PushPrereq = "push-prereq";

    /// <summary>Prints what the pipeline is made of.</summary>
    public const string Diagnostics = "diagnostics";

    /// <summary>Checks that every compute resource has one environment.</summary>
    public const string ValidateComputeEnvironments = "validate-compute-environments";

    /// <summary>Runs before every other step.</summary>
    public const string BeforeStart = "before-start";

    /// <summary>Checks that a container engine is there.</summary>
    public const string CheckContainerRuntime = "check-container-runtime";

    /// <summary>Removes what was deployed.</summary>
    public const string Destroy = "destroy";

    /// <summary>Runs before every destroy step.</summary>
    public const string DestroyPrereq = "destroy-prereq";
}
