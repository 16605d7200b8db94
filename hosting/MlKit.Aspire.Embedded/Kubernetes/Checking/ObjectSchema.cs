using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>
/// Checks an object by the part of JSON Schema 2020-12 that the strict schemas use, and by Kubernetes' rule that two
/// items of a keyed list must not have the same keys. Every violation is found, not only the first.
/// </summary>
internal sealed class ObjectSchema(JsonObject root)
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public IReadOnlyList<SchemaViolation> Check(JsonNode? value)
    {
        var found = new List<SchemaViolation>();
        Check(root, value, "", found);
        return found;
    }

    private void Check(JsonNode? schemaNode, JsonNode? value, string path, List<SchemaViolation> found)
    {
        if (schemaNode is not JsonObject schema)
        {
            if (schemaNode?.GetValueKind() == JsonValueKind.False)
            {
                found.Add(new(path, "is not allowed"));
            }

            return;
        }

        if (schema["$ref"] is { } reference)
        {
            Check(root["$defs"]![((string)reference!)["#/$defs/".Length..]], value, path, found);
        }

        if (!CheckType(schema, value, path, found))
        {
            return;
        }

        CheckValue(schema, value, path, found);
        switch (value)
        {
            case JsonObject map:
                CheckMap(schema, map, path, found);
                break;
            case JsonArray list:
                CheckList(schema, list, path, found);
                break;
        }

        CheckCombined(schema, value, path, found);
    }

    private static bool CheckType(JsonObject schema, JsonNode? value, string path, List<SchemaViolation> found)
    {
        if (schema["type"] is not { } type)
        {
            return true;
        }

        var allowed = type is JsonArray several ? several.Select(item => (string)item!).ToArray() : [(string)type!];
        if (Array.Exists(allowed, name => IsOf(name, value)))
        {
            return true;
        }

        found.Add(new(path, $"must be {Words(allowed.Select(WithArticle))}, is {Describe(value)}"));
        return false;
    }

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("null", JsonValueKind.Null)
            or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.TryParse(
            value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number,
        _ => false,
    };

    private static void CheckValue(JsonObject schema, JsonNode? value, string path, List<SchemaViolation> found)
    {
        if (schema.TryGetPropertyValue("const", out var constant) && !JsonNode.DeepEquals(constant, value))
        {
            found.Add(new(path, $"must be {Show(constant)}, is {Describe(value)}"));
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(item => JsonNode.DeepEquals(item, value)))
        {
            found.Add(new(path, $"{Describe(value)} is not allowed; allowed are {Words(allowed.Select(Show))}"));
        }

        if (value?.GetValueKind() == JsonValueKind.String)
        {
            var text = (string)value!;
            Limit(schema, "minLength", "maxLength", text.Length, "characters", path, found);
            if ((string?)schema["pattern"] is { } pattern
                && !Patterns.GetOrAdd(pattern, static source => new Regex(source, RegexOptions.ECMAScript)).IsMatch(text))
            {
                found.Add(new(path, $"\"{text}\" does not have the form {pattern}"));
            }
        }
        else if (value?.GetValueKind() == JsonValueKind.Number)
        {
            Limit(schema, "minimum", "maximum", double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture), "", path, found);
        }
    }

    private static void Limit(
        JsonObject schema, string least, string most, double actual, string unit, string path, List<SchemaViolation> found)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{actual}{(unit.Length > 0 ? $" {unit}" : "")}");
        if (schema[least] is { } minimum && actual < double.Parse(minimum.ToJsonString(), CultureInfo.InvariantCulture))
        {
            found.Add(new(path, $"{amount} is too little; at least {minimum} is needed"));
        }

        if (schema[most] is { } maximum && actual > double.Parse(maximum.ToJsonString(), CultureInfo.InvariantCulture))
        {
            found.Add(new(path, $"{amount} is too much; at most {maximum} is allowed"));
        }
    }

    private void CheckCombined(JsonObject schema, JsonNode? value, string path, List<SchemaViolation> found)
    {
        foreach (var part in schema["allOf"] as JsonArray ?? [])
        {
            Check(part, value, path, found);
        }

        if (schema["anyOf"] is JsonArray any)
        {
            CheckAlternatives(any, value, path, exactlyOne: false, found);
        }

        if (schema["oneOf"] is JsonArray one)
        {
            CheckAlternatives(one, value, path, exactlyOne: true, found);
        }

        if (schema["not"] is { } not && Violations(not, value, path).Count == 0)
        {
            found.Add(new(path, $"must not be as it is: {ExcludedBy(not)}"));
        }

        if (schema["if"] is { } condition && Violations(condition, value, path).Count == 0)
        {
            Check(schema["then"], value, path, found);
        }
    }

    private void CheckAlternatives(JsonArray parts, JsonNode? value, string path, bool exactlyOne, List<SchemaViolation> found)
    {
        var outcomes = parts.Select(part => Violations(part, value, path)).ToList();
        var holding = outcomes.Count(outcome => outcome.Count == 0);
        if (holding == 1 || (holding > 1 && !exactlyOne))
        {
            return;
        }

        if (holding > 1)
        {
            found.Add(new(path, $"must be exactly one of its alternatives, is {holding} of them: {RequiredNames(parts)}"));
            return;
        }

        // What fits the value's own type best tells most: a wrong field inside an object, not that it is no string.
        var deep = outcomes.Where(outcome => outcome.Exists(violation => violation.Path != path)).MinBy(outcome => outcome.Count);
        if (deep is not null)
        {
            found.AddRange(deep);
        }
        else
        {
            var reasons = outcomes.SelectMany(outcome => outcome.Select(violation => violation.Message)).Distinct(StringComparer.Ordinal);
            found.Add(new(path, string.Join(", or ", reasons)));
        }
    }

    private List<SchemaViolation> Violations(JsonNode? schema, JsonNode? value, string path)
    {
        var found = new List<SchemaViolation>();
        Check(schema, value, path, found);
        return found;
    }

    private void CheckMap(JsonObject schema, JsonObject map, string path, List<SchemaViolation> found)
    {
        Limit(schema, "minProperties", "maxProperties", map.Count, "fields", path, found);
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(item => (string)item!).Where(name => !map.ContainsKey(name)))
        {
            found.Add(new(FieldPath.Of(path, name), "is required and missing"));
        }

        var properties = schema["properties"] as JsonObject;
        foreach (var (name, value) in map)
        {
            var field = FieldPath.Of(path, name);
            if (schema["propertyNames"] is { } names)
            {
                found.AddRange(Violations(names, JsonValue.Create(name), field).Select(violation =>
                    new SchemaViolation(violation.Path, $"the key is not allowed: {violation.Message}")));
            }

            if (properties is not null && properties.TryGetPropertyValue(name, out var known))
            {
                Check(known, value, field, found);
            }
            else if (schema["additionalProperties"] is { } others)
            {
                if (others.GetValueKind() == JsonValueKind.False)
                {
                    found.Add(new(field, $"unknown field \"{name}\""));
                }
                else
                {
                    Check(others, value, field, found);
                }
            }
        }
    }

    private void CheckList(JsonObject schema, JsonArray list, string path, List<SchemaViolation> found)
    {
        Limit(schema, "minItems", "maxItems", list.Count, "items", path, found);
        for (var index = 0; index < list.Count; index++)
        {
            Check(schema["items"], list[index], FieldPath.Of(path, index), found);
        }

        if (schema["x-kubernetes-list-map-keys"] is JsonArray keys)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var index = 0; index < list.Count; index++)
            {
                if (list[index] is JsonObject item && !seen.Add(string.Join('|', keys.Select(key => item[(string)key!]?.ToJsonString()))))
                {
                    found.Add(new(FieldPath.Of(path, index), $"has the same {Words(keys.Select(key => (string)key!))} as an earlier item"));
                }
            }
        }
    }

    private static string RequiredNames(JsonArray parts) =>
        Words(parts.SelectMany(part => part?["required"] as JsonArray ?? []).Select(name => (string)name!).Distinct(StringComparer.Ordinal));

    private static string ExcludedBy(JsonNode not) => not is JsonObject { Count: > 0 } schema && schema["required"] is JsonArray names
        ? $"{Words(names.Select(name => (string)name!))} cannot be given here"
        : not.ToJsonString();

    private static string WithArticle(string type) => type switch
    {
        "null" => "null",
        "object" => "an object",
        "array" => "a list",
        "integer" => "a whole number",
        _ => $"a {type}",
    };

    private static string Describe(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray => "a list",
        _ when value.GetValueKind() == JsonValueKind.String => $"the string {value.ToJsonString()}",
        _ => value.ToJsonString(),
    };

    private static string Show(JsonNode? value) => value?.ToJsonString() ?? "null";

    private static string Words(IEnumerable<string> words) => string.Join(" or ", words);
}
