using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Names inside a chart. Object names begin with the release, so that two releases live in one namespace; the prefix of
/// the helper templates stands as <c>chart.</c> until the chart's own name is put there on writing.
/// </summary>
internal static class ObjectNames
{
    /// <summary>Stands for the chart's name in front of a helper template.</summary>
    public const string HelperPrefix = "\"chart.";

    /// <summary>The expression that gives release and chart name.</summary>
    public const string FullName = "{{ include \"chart.fullname\" . }}";

    /// <summary>The name of a resource's workload and Service.</summary>
    public static string Of(IResource resource) => $"{FullName}-{Component(resource)}";

    /// <summary>The name of a further object of a resource.</summary>
    public static string Of(IResource resource, string suffix) => $"{Of(resource)}-{suffix}";

    /// <summary>The value of the label <c>app.kubernetes.io/component</c>.</summary>
    public static string Component(IResource resource) => resource.Name.ToLowerInvariant();

    /// <summary>The key of a resource, volume or parameter in <c>values.yaml</c>: its name in camel case.</summary>
    public static string ValueKey(string name)
    {
        var key = new StringBuilder();
        var upper = false;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                upper = key.Length > 0;
                continue;
            }

            key.Append(upper ? char.ToUpperInvariant(character) : key.Length == 0 ? char.ToLowerInvariant(character) : character);
            upper = false;
        }

        return key.Length > 0 && char.IsAsciiDigit(key[0]) ? $"x{key}" : key.ToString();
    }

    /// <summary>A text as a name of an object's part (volume, port): lower-case letters, digits and hyphens.</summary>
    public static string Part(string name, int maximum)
    {
        var part = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            var allowed = char.IsAsciiLetterOrDigit(character) ? character : '-';
            if (allowed != '-' || (part.Length > 0 && part[^1] != '-'))
            {
                part.Append(allowed);
            }
        }

        var text = part.ToString().Trim('-');
        return text.Length <= maximum ? text : text[..maximum].Trim('-');
    }
}
