using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlKit.Tests.Kubernetes;

/// <summary>The part of JSON Schema 2020-12 that the strict schemas use, and Kubernetes' rule for keyed lists.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Check(JsonNode? value)
    {
        var problems = new List<string>();
        Check(root, value, "", problems);
        return problems;
    }

    private void Check(JsonNode? schemaNode, JsonNode? value, string path, List<string> problems)
    {
        if (schemaNode is not JsonObject schema)
        {
            if (schemaNode is JsonValue flag && !flag.GetValue<bool>())
            {
                problems.Add($"{path}: not allowed");
            }

            return;
        }

        if ((string?)schema["$ref"] is { } reference)
        {
            Check(root["$defs"]![reference["#/$defs/".Length..]], value, path, problems);
        }

        CheckType(schema, value, path, problems);
        CheckValue(schema, value, path, problems);
        CheckCombined(schema, value, path, problems);
        switch (value)
        {
            case JsonObject map:
                CheckMap(schema, map, path, problems);
                break;
            case JsonArray list:
                CheckList(schema, list, path, problems);
                break;
        }
    }

    private static void CheckType(JsonObject schema, JsonNode? value, string path, List<string> problems)
    {
        if (schema["type"] is not { } type)
        {
            return;
        }

        var allowed = type is JsonArray several ? several.Select(item => (string)item!).ToList() : [(string)type!];
        if (!allowed.Exists(name => IsOf(name, value)))
        {
            problems.Add($"{path}: {value?.ToJsonString() ?? "null"} is not of type {string.Join(" or ", allowed)}");
        }
    }

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && (double)value % 1 == 0,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        _ => throw new InvalidOperationException($"schema type {type}"),
    };

    private static void CheckValue(JsonObject schema, JsonNode? value, string path, List<string> problems)
    {
        if (schema.TryGetPropertyValue("const", out var constant) && !JsonNode.DeepEquals(constant, value))
        {
            problems.Add($"{path}: must be {constant?.ToJsonString()}");
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(item => JsonNode.DeepEquals(item, value)))
        {
            problems.Add($"{path}: {value?.ToJsonString()} is none of {allowed.ToJsonString()}");
        }

        if (value?.GetValueKind() == JsonValueKind.String)
        {
            var text = (string)value!;
            Limit(schema, "minLength", "maxLength", text.Length, path, problems);
            if ((string?)schema["pattern"] is { } pattern
                && !Patterns.GetOrAdd(pattern, static source => new Regex(source, RegexOptions.ECMAScript)).IsMatch(text))
            {
                problems.Add($"{path}: \"{text}\" does not match {pattern}");
            }
        }
        else if (value?.GetValueKind() == JsonValueKind.Number)
        {
            Limit(schema, "minimum", "maximum", (double)value!, path, problems);
        }
    }

    private static void Limit(JsonObject schema, string least, string most, double actual, string path, List<string> problems)
    {
        if (schema[least] is { } minimum && actual < (double)minimum)
        {
            problems.Add($"{path}: {actual} is below {least} {minimum}");
        }

        if (schema[most] is { } maximum && actual > (double)maximum)
        {
            problems.Add($"{path}: {actual} is above {most} {maximum}");
        }
    }

    private void CheckCombined(JsonObject schema, JsonNode? value, string path, List<string> problems)
    {
        foreach (var part in schema["allOf"] as JsonArray ?? [])
        {
            Check(part, value, path, problems);
        }

        if (schema["anyOf"] is JsonArray any && !any.Any(part => Holds(part, value)))
        {
            problems.Add($"{path}: none of anyOf holds");
        }

        if (schema["oneOf"] is JsonArray one && one.Count(part => Holds(part, value)) != 1)
        {
            problems.Add($"{path}: not exactly one of oneOf holds");
        }

        if (schema["not"] is { } not && Holds(not, value))
        {
            problems.Add($"{path}: what 'not' excludes holds");
        }

        if (schema["if"] is { } condition && Holds(condition, value))
        {
            Check(schema["then"], value, path, problems);
        }
    }

    private bool Holds(JsonNode? schema, JsonNode? value)
    {
        var problems = new List<string>();
        Check(schema, value, "", problems);
        return problems.Count == 0;
    }

    private void CheckMap(JsonObject schema, JsonObject map, string path, List<string> problems)
    {
        Limit(schema, "minProperties", "maxProperties", map.Count, path, problems);
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(item => (string)item!).Where(name => !map.ContainsKey(name)))
        {
            problems.Add($"{path}: {name} is missing");
        }

        var properties = schema["properties"] as JsonObject;
        foreach (var (name, value) in map)
        {
            if (schema["propertyNames"] is { } names)
            {
                Check(names, JsonValue.Create(name), $"{path}.{name} (name)", problems);
            }

            if (properties is not null && properties.TryGetPropertyValue(name, out var known))
            {
                Check(known, value, $"{path}.{name}", problems);
            }
            else if (schema["additionalProperties"] is { } others)
            {
                Check(others, value, $"{path}.{name}", problems);
            }
        }
    }

    private void CheckList(JsonObject schema, JsonArray list, string path, List<string> problems)
    {
        Limit(schema, "minItems", "maxItems", list.Count, path, problems);
        for (var index = 0; index < list.Count; index++)
        {
            Check(schema["items"], list[index], $"{path}[{index}]", problems);
        }

        if (schema["x-kubernetes-list-map-keys"] is JsonArray keys)
        {
            var names = list.OfType<JsonObject>()
                .Select(item => string.Join('|', keys.Select(key => item[(string)key!]?.ToJsonString())))
                .ToList();
            if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            {
                problems.Add($"{path}: two items have the same {keys.ToJsonString()}");
            }
        }
    }
}
