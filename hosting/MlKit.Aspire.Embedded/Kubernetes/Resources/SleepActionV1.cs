using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Waits, so that endpoints leave rotation before the signal.</summary>
public sealed class SleepActionV1
{
    /// <summary>The field <c>seconds</c>.</summary>
    [YamlMember(Alias = "seconds")]
    public long Seconds { get; set; }
}
