using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>Whether labels are those that a selector looks for.</summary>
internal static class LabelSelector
{
    /// <summary>A selector with <c>matchLabels</c> and <c>matchExpressions</c>; an empty one takes everything.</summary>
    public static bool Takes(JsonObject selector, JsonObject labels) =>
        TakesAll(ManifestObject.Map(selector, "matchLabels"), labels)
        && ManifestObject.List(selector, "matchExpressions").All(expression => Holds(expression, labels));

    /// <summary>A plain map of labels.</summary>
    public static bool TakesAll(JsonObject wanted, JsonObject labels) =>
        wanted.All(entry => entry.Value is not null && JsonNode.DeepEquals(labels[entry.Key], entry.Value));

    private static bool Holds(JsonObject expression, JsonObject labels)
    {
        var key = ManifestObject.Text(expression, "key");
        var values = expression["values"] as JsonArray ?? [];
        var isAmong = values.Any(value => value is not null && JsonNode.DeepEquals(value, labels[key]));
        return ManifestObject.Text(expression, "operator") switch
        {
            "In" => isAmong,
            "NotIn" => !isAmong,
            "Exists" => labels.ContainsKey(key),
            "DoesNotExist" => !labels.ContainsKey(key),
            _ => false,
        };
    }
}
