namespace MlKit.Scorer.Models;

/// <summary>What the scorer takes from a Triton <c>config.pbtxt</c>.</summary>
internal sealed record ModelConfig
{
    /// <summary>A model without the file: no batching rule, the highest version.</summary>
    public static ModelConfig Default { get; } = new();

    /// <summary>Largest first dimension; 0: the model has no batch dimension of its own.</summary>
    public int MaxBatchSize { get; private init; }

    /// <summary>Number of highest versions to load; null: see <see cref="SpecificVersions"/>.</summary>
    public int? LatestVersions { get; private init; } = 1;

    /// <summary>Exactly these versions; null together with <see cref="LatestVersions"/>: all.</summary>
    public IReadOnlyList<long>? SpecificVersions { get; private init; }

    /// <summary>File name of the model in the version folder.</summary>
    public string FileName { get; private init; } = "model.onnx";

    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">It is not protobuf text, or a value is not allowed; the message says where.</exception>
    public static ModelConfig Parse(string text)
    {
        var message = ConfigText.Parse(text);
        var config = new ModelConfig
        {
            MaxBatchSize = (int)(message.Number("max_batch_size") ?? 0),
            FileName = message.Text("default_model_filename") ?? "model.onnx",
        };
        if (config.MaxBatchSize < 0)
        {
            throw new FormatException($"max_batch_size is {config.MaxBatchSize}; allowed: 0 and above");
        }

        if (config.FileName != Path.GetFileName(config.FileName))
        {
            throw new FormatException($"default_model_filename is '{config.FileName}'; allowed: a file name without folders");
        }

        return message.Message("version_policy") is { } policy ? config.With(policy) : config;
    }

    /// <summary>The versions to load of those that are there.</summary>
    public IEnumerable<long> Choose(IEnumerable<long> present)
    {
        if (SpecificVersions is not null)
        {
            return present.Where(SpecificVersions.Contains).Order();
        }

        return LatestVersions is { } count ? present.OrderDescending().Take(count).Order() : present.Order();
    }

    private ModelConfig With(ConfigText policy)
    {
        if (policy.Message("all") is not null)
        {
            return this with { LatestVersions = null };
        }

        if (policy.Message("specific") is { } specific)
        {
            return this with { LatestVersions = null, SpecificVersions = specific.Numbers("versions") };
        }

        return this with { LatestVersions = (int)(policy.Message("latest")?.Number("num_versions") ?? 1) };
    }
}
