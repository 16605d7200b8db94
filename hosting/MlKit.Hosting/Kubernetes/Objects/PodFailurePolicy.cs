using YamlDotNet.Serialization;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Which failures of a Job's pods count.</summary>
internal sealed class PodFailurePolicy
{
    [YamlMember(Alias = "rules")]
    public List<PodFailureRule> Rules { get; } = [];
}

/// <summary>What follows from an exit code or a condition.</summary>
internal sealed class PodFailureRule
{
    [YamlMember(Alias = "action")]
    public string? Action { get; set; }

    [YamlMember(Alias = "onExitCodes")]
    public ExitCodeRequirement? OnExitCodes { get; set; }

    [YamlMember(Alias = "onPodConditions")]
    public List<PodConditionPattern>? OnPodConditions { get; set; }
}

/// <summary>Exit codes of a container.</summary>
internal sealed class ExitCodeRequirement
{
    [YamlMember(Alias = "containerName")]
    public string? ContainerName { get; set; }

    [YamlMember(Alias = "operator")]
    public string? Operator { get; set; }

    [YamlMember(Alias = "values")]
    public List<int> Values { get; } = [];
}

/// <summary>A condition of a pod.</summary>
internal sealed class PodConditionPattern
{
    [YamlMember(Alias = "type")]
    public string? Type { get; set; }

    [YamlMember(Alias = "status")]
    public string? Status { get; set; }
}
