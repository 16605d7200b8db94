using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Selects objects by their labels; all conditions must hold.</summary>
public sealed class LabelSelectorV1
{
    /// <summary>Selects everything until conditions are added.</summary>
    public LabelSelectorV1()
    {
    }

    /// <summary>Selects what carries all of <paramref name="matchLabels"/>.</summary>
    public LabelSelectorV1(Dictionary<string, string> matchLabels)
    {
        MatchLabels = matchLabels;
    }

    /// <summary>The list <c>matchExpressions</c>; left out when empty.</summary>
    [YamlMember(Alias = "matchExpressions")]
    public List<LabelSelectorRequirementV1> MatchExpressions { get; set; } = [];

    /// <summary>The map <c>matchLabels</c>; left out when empty.</summary>
    [YamlMember(Alias = "matchLabels")]
    public Dictionary<string, string> MatchLabels { get; set; } = [];
}
