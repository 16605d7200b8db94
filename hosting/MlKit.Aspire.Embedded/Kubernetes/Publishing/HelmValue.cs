using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>A value as a text with Helm expressions.</summary>
/// <param name="Text">The text.</param>
/// <param name="Secret">Whether a secret is in it.</param>
internal sealed record HelmValue(string Text, bool Secret)
{
    public static HelmValue Literal(string text) => new(HelmText.Escape(text), false);
}
