using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The schema that Helm checks values by: a misspelt key or a wrong type fails the installation.</summary>
internal static class ValuesSchema
{
    /// <summary>Maps and lists that Kubernetes itself checks.</summary>
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "resources", "nodeSelector", "tolerations", "imagePullSecrets", "annotations", "extraIngress", "extraEgress", "labels", "targets", "hard", "startupProbe", "readinessProbe", "livenessProbe",
    };

    /// <summary>Texts that may as well be written as a number.</summary>
    private static readonly HashSet<string> Loose = new(StringComparer.Ordinal) { "tag", "size" };

    private static readonly Dictionary<string, string[]> Enums = new(StringComparer.Ordinal)
    {
        ["pullPolicy"] = ["Always", "IfNotPresent", "Never"],
        ["accessMode"] = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
    };

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(YamlMapping values)
    {
        var schema = Map(values, topLevel: true);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        return schema.ToJsonString(Options) + "\n";
    }

    private static JsonObject Map(YamlMapping map, bool topLevel = false)
    {
        var properties = new JsonObject();
        foreach (var entry in map.Entries)
        {
            properties[entry.Key] = Value(entry.Key, entry.Value);
        }

        if (topLevel && properties["global"] is JsonObject global)
        {
            // A parent chart may share further globals with its subcharts.
            global["additionalProperties"] = true;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Value(string key, YamlNode node) => node switch
    {
        YamlMapping when Open.Contains(key) => new JsonObject { ["type"] = "object" },
        YamlMapping map when key == "config" => Settings(map),
        YamlMapping map => Map(map),
        YamlSequence => new JsonObject { ["type"] = "array" },
        YamlPlain { Value: "true" or "false" } => new JsonObject { ["type"] = "boolean" },
        YamlPlain => new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
        _ when Enums.TryGetValue(key, out var allowed) =>
            new JsonObject { ["enum"] = new JsonArray([.. allowed.Select(value => (JsonNode)value)]) },
        _ when Loose.Contains(key) => new JsonObject { ["type"] = new JsonArray("string", "number") },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Settings(YamlMapping map)
    {
        var properties = new JsonObject();
        foreach (var entry in map.Entries)
        {
            properties[entry.Key] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }
}
