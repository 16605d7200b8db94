using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Publishing;

namespace Aspire.Hosting.Kubernetes.Rendering;

/// <summary>What a template sees of an installation.</summary>
/// <param name="Chart">Name and version of the chart.</param>
/// <param name="Values">The chart's values.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Service">Who installs, <c>Helm</c> or another.</param>
/// <param name="LongestName">How long the common beginning of all names may be.</param>
internal sealed record RenderContext(ChartIdentity Chart, JsonObject Values, string Release, string Service, int LongestName)
{
    /// <summary>The namespace that is installed into.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The value of a secret, by its key; here nothing is secret yet.</summary>
    public Func<string, string> Secret { get; init; } = key => $"<{key}>";

    /// <summary>The beginning of every object's name, as the helper template <c>fullname</c> makes it.</summary>
    public string FullName
    {
        get
        {
            var name = Release.Contains(Chart.Name, StringComparison.Ordinal) ? Release : $"{Release}-{Chart.Name}";
            var cut = name.Length > LongestName ? name[..LongestName] : name;
            return cut.EndsWith('-') ? cut[..^1] : cut;
        }
    }

    /// <summary>A field of the dot: <c>Values.a.b</c>, <c>Release.Name</c>, <c>Chart.AppVersion</c>.</summary>
    public object? Field(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return this;
        }

        return names[0] switch
        {
            "Values" => TemplateValue.From(names.Skip(1).Aggregate((JsonNode?)Values, static (node, name) => (node as JsonObject)?[name])),
            "Release" => names[1] switch { "Name" => Release, "Service" => Service, "Namespace" => Namespace, _ => null },
            "Chart" => names[1] switch { "Name" => Chart.Name, "Version" => Chart.Version, "AppVersion" => Chart.AppVersion, _ => null },
            "Template" => "templates",
            _ => null,
        };
    }
}
