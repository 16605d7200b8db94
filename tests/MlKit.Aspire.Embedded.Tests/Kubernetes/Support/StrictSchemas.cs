using System.Text.Json.Nodes;

namespace MlKit.Tests.Kubernetes;

/// <summary>The strict schemas of the shared material, one per group, version and kind.</summary>
internal sealed class StrictSchemas
{
    private readonly string _folder = SharedMaterial.Require("schemas");
    private readonly Dictionary<(string ApiVersion, string Kind), string> _files;
    private readonly Dictionary<string, SchemaCheck> _schemas = new(StringComparer.Ordinal);

    public StrictSchemas()
    {
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "index.json")))!;
        _files = index["entries"]!.AsArray().ToDictionary(
            entry => ((string)entry!["apiVersion"]!, (string)entry["kind"]!),
            entry => (string)entry!["file"]!);
    }

    /// <summary>What is wrong with an object, each with its path; nothing where it is right.</summary>
    public IReadOnlyList<string> Check(JsonObject item)
    {
        var kind = ((string?)item["apiVersion"] ?? "", (string?)item["kind"] ?? "");
        if (!_files.TryGetValue(kind, out var file))
        {
            return [$"{kind.Item1} {kind.Item2}: there is no such kind"];
        }

        if (!_schemas.TryGetValue(file, out var schema))
        {
            schema = new SchemaCheck(JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, file)))!.AsObject());
            _schemas.Add(file, schema);
        }

        var name = $"{kind.Item2}/{(string?)item["metadata"]?["name"]}";
        return [.. schema.Check(item).Select(problem => $"{name}{problem}")];
    }
}
