using System.IO.Compression;
using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>Walks an object along its schema and lists every change that must be refused, with the path where it is.</summary>
internal sealed class TypedPlaces
{
    private readonly JsonObject _root;
    private readonly List<(string What, string Path, Action<JsonObject> Change)> _changes = [];

    private TypedPlaces(JsonObject root) => _root = root;

    /// <summary>The changes of an object; each works on a copy of it.</summary>
    public static IReadOnlyList<(string What, string Path, Action<JsonObject> Change)> Of(JsonObject schema, JsonObject value)
    {
        var places = new TypedPlaces(schema);
        places.Map([schema], value, "", tree => tree);
        return places._changes;
    }

    /// <summary>The schema of a kind as it lies in the product.</summary>
    public static JsonObject SchemaOf(string apiVersion, string kind)
    {
        using var archive = new ZipArchive(typeof(SchemaLibrary).Assembly.GetManifestResourceStream("kubernetes-schemas.zip")!);
        JsonNode Read(string file)
        {
            using var stream = archive.GetEntry(file)!.Open();
            return JsonNode.Parse(stream)!;
        }

        var entry = Read("index.json")["entries"]!.AsArray().Single(item => (string?)item!["apiVersion"] == apiVersion && (string?)item["kind"] == kind);
        return Read((string)entry!["file"]!).AsObject();
    }

    private void Map(IEnumerable<JsonNode?> schemas, JsonObject value, string path, Func<JsonNode, JsonNode> find)
    {
        var expanded = Expand(schemas);
        if (!expanded.Exists(schema => schema["additionalProperties"]?.GetValueKind() == System.Text.Json.JsonValueKind.False))
        {
            return;
        }

        _changes.Add(("unknown field", FieldPath.Of(path, "zzz"), tree => find(tree).AsObject()["zzz"] = 1));
        foreach (var name in expanded.SelectMany(schema => schema["required"]?.AsArray() ?? []).Select(item => (string)item!).Distinct().Where(value.ContainsKey))
        {
            _changes.Add(("missing field", FieldPath.Of(path, name), tree => find(tree).AsObject().Remove(name)));
        }

        foreach (var (name, child) in value)
        {
            var inner = expanded.Select(schema => schema["properties"]?[name]).Where(schema => schema is not null);
            Value(inner, child, FieldPath.Of(path, name), tree => find(tree)[name]!, (tree, replacement) => find(tree)[name] = replacement);
        }
    }

    private void Value(
        IEnumerable<JsonNode?> schemas, JsonNode? value, string path, Func<JsonNode, JsonNode> find, Action<JsonNode, JsonNode> replace)
    {
        switch (value)
        {
            case JsonObject map:
                Map(schemas, map, path, find);
                break;
            case JsonArray list:
                var items = Expand(schemas).Select(schema => schema["items"]).Where(schema => schema is not null).ToList();
                for (var index = 0; index < list.Count; index++)
                {
                    var at = index;
                    Value(items, list[index], FieldPath.Of(path, index), tree => find(tree)[at]!, (tree, replacement) => find(tree)[at] = replacement);
                }

                break;
            default:
                var expanded = Expand(schemas);
                if (expanded.Count > 0 && expanded.Exists(schema => schema["type"] is not null || schema["enum"] is not null || schema["const"] is not null || schema["anyOf"] is not null))
                {
                    _changes.Add(("object for a scalar", path, tree => replace(tree, new JsonObject { ["zzz"] = 1 })));
                }

                if (expanded.Exists(schema => schema["enum"] is not null))
                {
                    _changes.Add(("wrong enum", path, tree => replace(tree, JsonValue.Create("zzz")!)));
                }

                break;
        }
    }

    private List<JsonObject> Expand(IEnumerable<JsonNode?> schemas)
    {
        var found = new List<JsonObject>();
        foreach (var schema in schemas.OfType<JsonObject>())
        {
            found.Add(schema);
            if ((string?)schema["$ref"] is { } reference)
            {
                found.AddRange(Expand([_root["$defs"]![reference["#/$defs/".Length..]]]));
            }

            found.AddRange(Expand(schema["allOf"]?.AsArray() ?? []));
        }

        return found;
    }
}
