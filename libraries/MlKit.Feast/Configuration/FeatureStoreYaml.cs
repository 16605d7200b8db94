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

    private static readonly string[] RedisKeys =
        ["type", "redis_type", "connection_string", "client", "sentinel_master", "key_ttl_seconds", "full_scan_for_deletion", "skip_dedup"];

    /// <summary>Reads the file of a repository folder; relative paths in it start there.</summary>
    /// <exception cref="FeastException">The file is absent, no YAML, or asks for what there is not.</exception>
    public static FeatureStoreOptions ReadFolder(string folder)
    {
        if (Environment.GetEnvironmentVariable(Base64Variable) is { Length: > 0 } encoded)
        {
            return Parse(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)), folder);
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
        return new FeatureStoreOptions(project, registry, folder)
        {
            Redis = redis,
            Online = online with
            {
                EntityKeyVersion = Number(root, "entity_key_serialization_version") ?? EntityKeyCodec.DefaultVersion,
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
        foreach (var key in section.Children.Keys.Select(key => key.ToString()).Where(key => !RedisKeys.Contains(key)))
        {
            throw new FeastException($"feature_store.yaml: online_store has the unknown key '{key}'; allowed are {string.Join(", ", RedisKeys)}");
        }

        if (Text(section, "redis_type") is { } kind and not "redis")
        {
            throw new FeastException($"feature_store.yaml: online_store.redis_type is '{kind}'; allowed is redis");
        }

        return (Text(section, "connection_string") ?? "localhost:6379", new OnlineStoreOptions
        {
            KeyTtl = Number(section, "key_ttl_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            SkipDedup = Text(section, "skip_dedup") is { } flag && bool.Parse(flag),
        });
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
