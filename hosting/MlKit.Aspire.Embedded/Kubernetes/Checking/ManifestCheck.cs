using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking.Rules;
using YamlDotNet.Core;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>Checks objects by their schemas and by the rules between them.</summary>
internal static class ManifestCheck
{
    private const string SchemaRule = "schema";

    private static readonly ManifestRule[] Rules =
    [
        new UniqueNames(), new WorkloadRules(), new PodRules(), new ResourceRules(), new PortRules(), new ServiceRules(), new ScalingRules(),
        new DisruptionRules(), new NetworkPolicyRules(), new ReferenceRules(), new RouteRules(),
    ];

    /// <summary>Every <c>.yaml</c>, <c>.yml</c> and <c>.json</c> file below a folder, or one file.</summary>
    /// <exception cref="DistributedApplicationException">The folder is absent, holds no manifest, or is a chart.</exception>
    public static IReadOnlyList<Problem> CheckFolder(string path)
    {
        var root = Path.GetFullPath(path);
        var single = File.Exists(root);
        if (!single && !Directory.Exists(root))
        {
            throw new DistributedApplicationException($"--manifests '{path}': there is no such folder or file.");
        }

        if (File.Exists(Path.Combine(root, "Chart.yaml")))
        {
            throw new DistributedApplicationException(
                $"--manifests '{path}' is a Helm chart, whose templates are no manifests yet. Render it first: "
                + $"helm template NAME {path} > rendered.yaml");
        }

        var files = single
            ? [root]
            : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(IsManifest).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            throw new DistributedApplicationException($"--manifests '{path}' holds no .yaml, .yml or .json file.");
        }

        var folder = single ? Path.GetDirectoryName(root)! : root;
        return Check(files.Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file))));
    }

    /// <summary>The texts of several files.</summary>
    public static IReadOnlyList<Problem> Check(IEnumerable<(string File, string Text)> files)
    {
        var (objects, problems) = Parse(files);
        return [.. problems, .. Check(objects)];
    }

    /// <summary>The objects of several files, and what is no object.</summary>
    public static (IReadOnlyList<ManifestObject> Objects, IReadOnlyList<Problem> Problems) Parse(IEnumerable<(string File, string Text)> files)
    {
        var problems = new List<Problem>();
        var objects = new List<ManifestObject>();
        foreach (var (file, text) in files)
        {
            Read(file, text, objects, problems);
        }

        return (objects, problems);
    }

    /// <summary>Objects that were read or made before.</summary>
    public static IReadOnlyList<Problem> Check(IReadOnlyList<ManifestObject> objects)
    {
        using var schemas = new SchemaLibrary();
        var problems = new List<Problem>();
        foreach (var item in objects)
        {
            problems.AddRange(CheckSchema(schemas, item));
        }

        // A rule relies on the shape of what it reads; the accessors yield nothing for what is malformed.
        var set = new ManifestSet([.. objects.Where(item => item.Kind.Length > 0)]);
        problems.AddRange(Rules.SelectMany(rule => rule.Check(set)));
        return problems;
    }

    private static bool IsManifest(string file) =>
        (file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal)
            || file.EndsWith(".json", StringComparison.Ordinal))
        && Path.GetFileName(file) is not ("kustomization.yaml" or "kustomization.yml");

    private static void Read(string file, string text, List<ManifestObject> objects, List<Problem> problems)
    {
        try
        {
            foreach (var document in YamlReader.Read(text))
            {
                if (document is not JsonObject tree)
                {
                    problems.Add(new(file, "", "", SchemaRule, Problem.Error, "a document must be an object with apiVersion and kind"));
                    continue;
                }

                var item = new ManifestObject(file, tree);
                var isList = item.Kind.EndsWith("List", StringComparison.Ordinal) && tree["items"] is JsonArray;
                objects.AddRange(isList ? ManifestObject.List(tree, "items").Select(entry => new ManifestObject(file, entry)) : [item]);
            }
        }
        catch (YamlException error)
        {
            problems.Add(new(file, "", "", "yaml", Problem.Error, $"line {error.Start.Line}, column {error.Start.Column}: {error.Message}"));
        }
    }

    private static IEnumerable<Problem> CheckSchema(SchemaLibrary schemas, ManifestObject item)
    {
        var missing = new[] { "apiVersion", "kind" }.Where(key => ManifestObject.Text(item.Tree, key).Length == 0).ToList();
        if (missing.Count > 0)
        {
            return missing.Select(key => new Problem(item.File, item.Title, key, SchemaRule, Problem.Error, "is required, as a text"));
        }

        if (schemas.Find(item.ApiVersion, item.Kind) is not { } schema)
        {
            var known = schemas.VersionsOf(item.Kind);
            var reason = known.Count == 0
                ? $"the kind \"{item.Kind}\" is not known"
                : $"\"{item.ApiVersion}\" has no kind \"{item.Kind}\"; known are {string.Join(", ", known)}";
            return [new Problem(item.File, item.Title, known.Count == 0 ? "kind" : "apiVersion", SchemaRule, Problem.Error, reason)];
        }

        return schema.Check(item.Tree).Select(violation =>
            new Problem(item.File, item.Title, violation.Path, SchemaRule, Problem.Error, violation.Message));
    }
}
