using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>The strict schemas that the product carries, by <c>apiVersion</c> and <c>kind</c>.</summary>
internal sealed class SchemaLibrary : IDisposable
{
    private const string Resource = "kubernetes-schemas.zip";

    private readonly ZipArchive _archive;
    private readonly Dictionary<(string ApiVersion, string Kind), string> _files = [];
    private readonly HashSet<(string ApiVersion, string Kind)> _clusterWide = [];
    private readonly Dictionary<string, ObjectSchema> _schemas = new(StringComparer.Ordinal);

    public SchemaLibrary()
    {
        _archive = new ZipArchive(typeof(SchemaLibrary).Assembly.GetManifestResourceStream(Resource)!, ZipArchiveMode.Read);
        var index = Read("index.json");
        Kubernetes = (string)index["kubernetes"]!;
        foreach (var entry in index["entries"]!.AsArray())
        {
            var kind = ((string)entry!["apiVersion"]!, (string)entry["kind"]!);
            _files.Add(kind, (string)entry["file"]!);
            if ((string)entry["scope"]! == "Cluster")
            {
                _clusterWide.Add(kind);
            }
        }
    }

    /// <summary>The version of Kubernetes whose types these are.</summary>
    public string Kubernetes { get; }

    /// <summary>How many kinds are known.</summary>
    public int Count => _files.Count;

    /// <summary>Whether objects of the kind belong to no namespace.</summary>
    public bool IsClusterWide(string apiVersion, string kind) => _clusterWide.Contains((apiVersion, kind));

    /// <summary>The schema of a kind; null where the kind is not known.</summary>
    public ObjectSchema? Find(string apiVersion, string kind)
    {
        if (!_files.TryGetValue((apiVersion, kind), out var file))
        {
            return null;
        }

        if (!_schemas.TryGetValue(file, out var schema))
        {
            schema = new ObjectSchema(Read(file).AsObject());
            _schemas.Add(file, schema);
        }

        return schema;
    }

    /// <summary>The versions under which a kind is known, for the message about one that is not.</summary>
    public IReadOnlyList<string> VersionsOf(string kind) =>
        [.. _files.Keys.Where(key => key.Kind == kind).Select(key => key.ApiVersion).Order(StringComparer.Ordinal)];

    public void Dispose() => _archive.Dispose();

    private JsonNode Read(string file)
    {
        using var stream = _archive.GetEntry(file)!.Open();
        return JsonNode.Parse(stream)!;
    }
}
