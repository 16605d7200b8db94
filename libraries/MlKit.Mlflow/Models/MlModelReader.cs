using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlKit.Mlflow;

/// <summary>Reads MLmodel files; keys that are not known are passed over.</summary>
internal static class MlModelReader
{
    public static MlModelFile Read(string yaml)
    {
        var root = Load(yaml);
        if (Child(root, "flavors") is not YamlMappingNode flavors)
        {
            throw new FormatException("This is not an MLmodel file: key 'flavors' is missing.");
        }

        return new MlModelFile
        {
            ArtifactPath = Text(root, "artifact_path"),
            RunId = Text(root, "run_id"),
            ModelId = Text(root, "model_id"),
            ModelUuid = Text(root, "model_uuid"),
            MlflowVersion = Text(root, "mlflow_version"),
            ModelSizeBytes = long.TryParse(Text(root, "model_size_bytes"), CultureInfo.InvariantCulture, out var size) ? size : null,
            UtcTimeCreated = Time(Text(root, "utc_time_created")),
            HasInputExample = Child(root, "saved_input_example_info") is YamlMappingNode,
            Signature = Child(root, "signature") is YamlMappingNode signature
                ? new ModelSignature(Text(signature, "inputs"), Text(signature, "outputs"))
                : null,
            Flavors = flavors.Children.ToDictionary(pair => Name(pair.Key), pair => Scalars(pair.Value)),
        };
    }

    private static YamlMappingNode Load(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? root
                : throw new FormatException("This is not an MLmodel file: the document is not a mapping.");
        }
        catch (YamlException error)
        {
            throw new FormatException($"This is not an MLmodel file: {error.Message}", error);
        }
    }

    private static IReadOnlyDictionary<string, string?> Scalars(YamlNode node) => node is YamlMappingNode mapping
        ? mapping.Children.ToDictionary(pair => Name(pair.Key), pair => Value(pair.Value))
        : new Dictionary<string, string?>();

    private static string Name(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";

    private static string? Text(YamlMappingNode node, string key) => Value(Child(node, key));

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Value(YamlNode? node) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;
}
