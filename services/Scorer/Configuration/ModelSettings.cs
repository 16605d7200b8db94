using MlKit.Inference.Grpc.Messages;

namespace MlKit.Scorer.Configuration;

/// <summary>What is configured for a model before it is loaded: its <c>config.pbtxt</c>, or the configuration of a load call.</summary>
internal sealed record ModelSettings
{
    private const int MostVersions = 1000;

    /// <summary>A model without a configuration: all follows from the model.</summary>
    public static ModelSettings Default { get; } = new() { Config = new ModelConfig() };

    /// <summary>What is configured; <see cref="ConfigCompletion"/> adds the rest.</summary>
    public required ModelConfig Config { get; init; }

    /// <summary>The configuration says how large a batch is; otherwise the model decides whether it has batches.</summary>
    public bool HasBatchSize { get; init; }

    /// <summary>Texts of the label files, by output.</summary>
    public IReadOnlyDictionary<string, string[]> Labels { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The file name of the model in its folder; null: <c>model.onnx</c> or <c>model.zip</c>, whichever is there.</summary>
    public string? FileName => Config.DefaultModelFilename is { Length: > 0 } name ? name : null;

    /// <summary>Reads protobuf text.</summary>
    /// <exception cref="FormatException">It is malformed, or a value is not allowed; the message says where.</exception>
    public static ModelSettings Parse(string text) => Read(ConfigText.Parse(text));

    /// <summary>Reads JSON.</summary>
    /// <exception cref="FormatException">It is malformed, or a value is not allowed; the message says where.</exception>
    public static ModelSettings ParseJson(string json) => Read(ConfigText.ParseJson(json));

    /// <summary>The versions to load of those that are there.</summary>
    public IEnumerable<long> Choose(IEnumerable<long> present)
    {
        var policy = Config.VersionPolicy ?? new ModelVersionPolicy();
        return policy.PolicyChoiceCase switch
        {
            ModelVersionPolicy.PolicyChoiceOneofCase.All => present.Order(),
            ModelVersionPolicy.PolicyChoiceOneofCase.Specific => present.Where(policy.Specific.Versions.Contains).Order(),
            _ => present.OrderDescending().Take((int)Math.Clamp(policy.Latest?.NumVersions ?? 1, 1, MostVersions)).Order(),
        };
    }

    private static ModelSettings Read(ConfigText text)
    {
        var config = ConfigBinder.Bind(text);
        Check(config);
        return new ModelSettings { Config = config, HasBatchSize = text.Has("max_batch_size") || text.Has("maxBatchSize") };
    }

    private static void Check(ModelConfig config)
    {
        Require(config.MaxBatchSize >= 0, "max_batch_size", config.MaxBatchSize, "0 and above");
        Require(
            config.DefaultModelFilename == Path.GetFileName(config.DefaultModelFilename) && config.DefaultModelFilename is not ("." or ".."),
            "default_model_filename", config.DefaultModelFilename, "a file name without folders");
        foreach (var group in config.InstanceGroup)
        {
            Require(group.Count >= 0, "instance_group.count", group.Count, "0 and above (0: the server chooses)");
        }

        foreach (var output in config.Output)
        {
            Require(
                output.LabelFilename == Path.GetFileName(output.LabelFilename), $"label_filename of '{output.Name}'", output.LabelFilename,
                "a file name without folders");
        }

        if (config.DynamicBatching is { } batching)
        {
            Check(batching, config.MaxBatchSize);
        }
    }

    private static void Check(ModelDynamicBatching batching, int maxBatchSize)
    {
        foreach (var size in batching.PreferredBatchSize)
        {
            Require(size > 0 && (maxBatchSize == 0 || size <= maxBatchSize), "preferred_batch_size", size, "1 to max_batch_size");
        }

        Require(
            batching.DefaultPriorityLevel <= batching.PriorityLevels && (batching.DefaultPriorityLevel > 0 || batching.PriorityLevels == 0),
            "default_priority_level", batching.DefaultPriorityLevel, "1 to priority_levels");
        foreach (var level in batching.PriorityQueuePolicy.Keys)
        {
            Require(level >= 1 && level <= batching.PriorityLevels, "priority_queue_policy", level, "keys from 1 to priority_levels");
        }
    }

    private static void Require(bool holds, string field, object value, string allowed)
    {
        if (!holds)
        {
            throw new FormatException($"{field} is '{value}'; allowed: {allowed}");
        }
    }
}
