using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>Kubernetes' quantities: <c>500m</c>, <c>1.5Gi</c>, <c>2e3</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1000m), ("M", 1000000m), ("G", 1000000000m), ("T", 1000000000000m),
        ("P", 1000000000000000m),
    ];

    /// <summary>The number; null for what is no quantity.</summary>
    public static decimal? Parse(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => Parse((string)node!),
        JsonValueKind.Number => Parse(node.ToJsonString()),
        _ => null,
    };

    /// <summary>The number; null for what is no quantity.</summary>
    public static decimal? Parse(string text)
    {
        var (suffix, factor) = Array.Find(Suffixes, candidate => text.EndsWith(candidate.Suffix, StringComparison.Ordinal));
        var digits = suffix is null ? text : text[..^suffix.Length];
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number * (suffix is null ? 1 : factor)
            : null;
    }
}
