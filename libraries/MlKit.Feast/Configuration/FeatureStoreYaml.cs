using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlKit.Feast;

/// <summary>
/// Feast's <c>feature_store.yaml</c>, as far as it says where a project's registry, online store and files are. Variables
/// <c>$NAME</c> and <c>${NAME}</c> are replaced by the environment's; unknown ones stay.
/// </summary>
public static partial class FeatureStoreYaml
{
    /// <summary>Whole configuration as base64, which wins over a file, as in Feast's containers.</summary>
    public const string Base64Variable = "FEATURE_STORE_YAML_BASE64";

    private static readonly string[] RegistryKeys =
    [
        "registry_type", "path", "registry_store_type", "cache_ttl_seconds", "cache_mode", "purge_feast_metadata", "serve_features_while_materializing",
        "enable_online_feature_view_versioning", "s3_additional_kwargs", "mcp",
    ];

    private static readonly string[] OfflineKeys = ["type", "staging_location", "staging_location_endpoint_override"];

    private static readonly string[] RedisKeys =
        ["type", "redis_type", "connection_string", "client", "sentinel_master", "key_ttl_seconds", "full_scan_for_deletion", "skip_dedup"];

    /// <summary>Reads the file of a repository folder; relative paths in it start there.</summary>
    /// <exception cref="FeastException">The file is absent, no YAML, or asks for what there is not.</exception>
    public static FeatureStoreOptions ReadFolder(string folder)
    {
        if (Environment.GetEnvironmentVariable(Base64Variable) is { Length: > 0 } encoded)
        {
            return Parse(Decode(encoded), folder);
        }

        var path = Environment.GetEnvironmentVariable("FEAST_FS_YAML_FILE_PATH") is { Length: > 0 } given ? given : Path.Combine(folder, "feature_store.yaml");
        try
        {
            return Parse(File.ReadAllText(path), folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeastException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads the text of a configuration.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <exception cref="FeastException">It is no YAML, or asks for what there is not; the message names the key.</exception>
    public static FeatureStoreOptions Parse(string yaml, string folder)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var root = Load(Expand(yaml));
        var project = Text(root, "project") ?? throw new FeastException("feature_store.yaml has no 'project'");
        var registry = Locate(Registry(root), folder);
        var (redis, online) = Online(root);
        CheckOffline(root);
        CheckAuth(root);
        return new FeatureStoreOptions(project, registry, folder)
        {
            Redis = redis,
            Online = online with
            {
                EntityKeyVersion = Number(root, "entity_key_serialization_version") switch
                {
                    null => EntityKeyCodec.DefaultVersion,
                    { } version and (2 or 3) => version,
                    { } version => throw new FeastException($"feature_store.yaml: entity_key_serialization_version is '{version}'; allowed are 2 and 3"),
                },
                BatchSize = Section(root, "materialization") is { } materialization && Number(materialization, "online_write_batch_size") is { } size
                    ? size
                    : online.BatchSize,
            },
        };
    }

    private static string Registry(YamlMappingNode root)
    {
        if (Text(root, "registry") is { } path)
        {
            return path;
        }

        var section = Section(root, "registry") ?? throw new FeastException("feature_store.yaml has no 'registry'");
        var type = Text(section, "registry_type") ?? "file";
        if (type != "file")
        {
            throw new FeastException($"feature_store.yaml: registry.registry_type is '{type}'; allowed is file");
        }

        RefuseUnknown(section, "registry", RegistryKeys);
        if (Flag(section, "enable_online_feature_view_versioning"))
        {
            throw new FeastException("feature_store.yaml: registry.enable_online_feature_view_versioning is true; allowed is false");
        }

        return Text(section, "path") is { Length: > 0 } given ? given : throw new FeastException("feature_store.yaml: registry.path is not set");
    }

    private static (string? Redis, OnlineStoreOptions Options) Online(YamlMappingNode root)
    {
        var section = Section(root, "online_store");
        var type = section is null ? Text(root, "online_store") ?? "sqlite" : Text(section, "type") ?? "sqlite";
        if (type is "none" or "null" or "")
        {
            return (null, new OnlineStoreOptions());
        }

        if (type != "redis")
        {
            throw new FeastException($"feature_store.yaml: online_store.type is '{type}'; allowed are redis and none");
        }

        section ??= [];
        RefuseUnknown(section, "online_store", RedisKeys);
        if (Text(section, "redis_type") is { } kind and not "redis")
        {
            throw new FeastException($"feature_store.yaml: online_store.redis_type is '{kind}'; allowed is redis");
        }

        return (Text(section, "connection_string") ?? "localhost:6379", new OnlineStoreOptions
        {
            KeyTtl = Number(section, "key_ttl_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            SkipDedup = Flag(section, "skip_dedup"),
        });
    }

    /// <summary>History is Parquet through DuckDB; Feast's own two file stores have the same files.</summary>
    private static void CheckOffline(YamlMappingNode root)
    {
        var section = Section(root, "offline_store");
        var type = section is null ? Text(root, "offline_store") ?? "dask" : Text(section, "type") ?? "dask";
        if (type is not ("dask" or "file" or "duckdb"))
        {
            throw new FeastException($"feature_store.yaml: offline_store.type is '{type}'; allowed are dask, file and duckdb");
        }

        RefuseUnknown(section ?? [], "offline_store", OfflineKeys);
    }

    /// <summary>A server that was told to ask for tokens must not serve everybody.</summary>
    private static void CheckAuth(YamlMappingNode root)
    {
        if (Section(root, "auth") is { } section && Text(section, "type") is { } type and not "no_auth")
        {
            throw new FeastException($"feature_store.yaml: auth.type is '{type}'; allowed is no_auth, and the server takes one token for all (MLKIT__FEAST__TOKEN)");
        }
    }

    private static void RefuseUnknown(YamlMappingNode section, string name, string[] allowed)
    {
        foreach (var key in section.Children.Keys.Select(key => key.ToString()).Where(key => !allowed.Contains(key)))
        {
            throw new FeastException($"feature_store.yaml: {name} has the unknown key '{key}'; allowed are {string.Join(", ", allowed)}");
        }
    }

    private static string Decode(string encoded)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException error)
        {
            throw new FeastException($"{Base64Variable} is no base64", error);
        }
    }

    private static string Locate(string path, string folder) =>
        path.Contains("://", StringComparison.Ordinal) ? path : Path.GetFullPath(Path.Combine(folder, path));

    private static YamlMappingNode Load(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] ? root : throw new FeastException("feature_store.yaml is no map of keys");
        }
        catch (YamlException error)
        {
            throw new FeastException($"feature_store.yaml line {error.Start.Line}: {error.Message}", error);
        }
    }

    private static YamlMappingNode? Section(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node as YamlMappingNode : null;

    private static string? Text(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value: not (null or "null" or "~") } scalar ? scalar.Value : null;

    /// <summary>The words for true and false that pydantic takes.</summary>
    private static bool Flag(YamlMappingNode map, string key) => Text(map, key)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "NO" or "OFF" or "0" or "F" or "N" => false,
        "TRUE" or "YES" or "ON" or "1" or "T" or "Y" => true,
        _ => throw new FeastException($"feature_store.yaml: {key} is '{Text(map, key)}'; allowed are true and false"),
    };

    private static int? Number(YamlMappingNode map, string key) => Text(map, key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw new FeastException($"feature_store.yaml: {key} is '{text}'; allowed is a whole number above 0"),
    };

    private static string Expand(string yaml) => Variable().Replace(
        yaml, match => Environment.GetEnvironmentVariable(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value) ?? match.Value);

    [GeneratedRegex(@"\$(?:\{(\w+)\}|(\w+))", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
