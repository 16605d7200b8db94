using System.Globalization;
using MlKit.Mlflow;

namespace MlKit.Scorer;

/// <summary>Settings of the scorer, read from <c>MLKIT:SCORER:*</c> (environment form <c>MLKIT__SCORER__*</c>).</summary>
internal sealed record ScorerOptions
{
    private const string Section = "MLKIT:SCORER:";

    /// <summary>Folder with one folder per model; null: none.</summary>
    public string? ModelRepository { get; private init; }

    /// <summary>Registered models to serve and follow.</summary>
    public IReadOnlyList<ModelUri> RegistryModels { get; private init; } = [];

    /// <summary>Port of gRPC (HTTP/2 without TLS); null: gRPC is off; 0: any free port.</summary>
    public int? GrpcPort { get; private init; }

    /// <summary>Execution provider: auto, cpu or cuda.</summary>
    public string Provider { get; private init; } = "auto";

    /// <summary>Time between two looks at the registry.</summary>
    public TimeSpan PollInterval { get; private init; }

    /// <summary>How long a replaced version can still be asked for by its number.</summary>
    public TimeSpan RetireAfter { get; private init; }

    /// <summary>Threads that ONNX Runtime may use inside one inference.</summary>
    public int IntraOpThreads { get; private init; }

    /// <summary>Inferences that one model runs at the same time; more wait.</summary>
    public int MaxConcurrency { get; private init; }

    /// <summary>Largest request in bytes, after decompression.</summary>
    public int MaxRequestBytes { get; private init; }

    /// <summary>Largest model file in bytes.</summary>
    public long MaxModelBytes { get; private init; }

    /// <summary>The settings as <c>--help</c> prints them.</summary>
    public const string Help = """
        MlKit scorer: an Open Inference Protocol v2 server for ONNX models.

        usage: Scorer [--urls http://127.0.0.1:8000]

          MLKIT__SCORER__MODELREPOSITORY   folder with one folder per model: NAME/model.onnx, or NAME/VERSION/model.onnx
          MLKIT__SCORER__REGISTRYMODELS    registered models, separated by ';': models:/NAME@ALIAS or models:/NAME/VERSION
          MLKIT__SCORER__GRPCPORT          port of gRPC, 0 to 65535 (0: any free one; default: gRPC is off)
          MLKIT__SCORER__PROVIDER          auto (default), cpu or cuda
          MLKIT__SCORER__POLLSECONDS       seconds between two looks at the registry, 0.01 to 3600 (default 1)
          MLKIT__SCORER__RETIRESECONDS     seconds for which a replaced version still answers by number, 0 to 3600 (default 10)
          MLKIT__SCORER__INTRAOPTHREADS    threads inside one inference, 1 to 256 (default 1)
          MLKIT__SCORER__MAXCONCURRENCY    inferences of one model at the same time, 1 to 1024 (default: processors)
          MLKIT__SCORER__MAXREQUESTBYTES   largest request after decompression, 1024 to 2147483647 (default 67108864)
          MLKIT__SCORER__MAXMODELBYTES     largest model file, 1 to 2147483647 (default 2147483647)
          services__mlflow__http__0        address of the tracking server (needed with REGISTRYMODELS)
          MLKIT__STATE__PATH               folder for the model cache (default .mlkit/scorer)
          OTEL_EXPORTER_OTLP_ENDPOINT      where traces, metrics and logs go (default: nowhere)
        """;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="InvalidOperationException">One is wrong; the message names key, value and what is allowed.</exception>
    public static ScorerOptions Read(IConfiguration configuration)
    {
        var options = new ScorerOptions
        {
            ModelRepository = Folder(configuration, "MODELREPOSITORY"),
            RegistryModels = Models(configuration),
            GrpcPort = Text(configuration, "GRPCPORT") is null ? null : (int)Number(configuration, "GRPCPORT", 0, 0, 65535),
            Provider = OneOf(configuration, "PROVIDER", "auto", "cpu", "cuda"),
            PollInterval = TimeSpan.FromSeconds(Number(configuration, "POLLSECONDS", 1, 0.01, 3600)),
            RetireAfter = TimeSpan.FromSeconds(Number(configuration, "RETIRESECONDS", 10, 0, 3600)),
            IntraOpThreads = (int)Number(configuration, "INTRAOPTHREADS", 1, 1, 256),
            MaxConcurrency = (int)Number(configuration, "MAXCONCURRENCY", Environment.ProcessorCount, 1, 1024),
            MaxRequestBytes = (int)Number(configuration, "MAXREQUESTBYTES", 64 << 20, 1024, int.MaxValue),
            MaxModelBytes = (long)Number(configuration, "MAXMODELBYTES", int.MaxValue, 1, int.MaxValue),
        };
        return options;
    }

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[Section + key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static string? Folder(IConfiguration configuration, string key)
    {
        if (Text(configuration, key) is not { } path)
        {
            return null;
        }

        return Directory.Exists(path) ? Path.GetFullPath(path) : throw Wrong(key, path, "an existing folder");
    }

    private static List<ModelUri> Models(IConfiguration configuration)
    {
        var models = new List<ModelUri>();
        foreach (var part in (Text(configuration, "REGISTRYMODELS") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            models.Add(ModelUri.TryParse(part, out var uri) && uri.Name is not null
                ? uri
                : throw Wrong("REGISTRYMODELS", part, "models:/NAME@ALIAS, models:/NAME/VERSION or models:/NAME/latest, separated by ';'"));
        }

        var twice = models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? models : throw Wrong("REGISTRYMODELS", twice.Key!, "each model once");
    }

    private static string OneOf(IConfiguration configuration, string key, params ReadOnlySpan<string> allowed)
    {
        if (Text(configuration, key) is not { } value)
        {
            return allowed[0];
        }

        foreach (var word in allowed)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        throw Wrong(key, value, string.Join(", ", allowed));
    }

    private static double Number(IConfiguration configuration, string key, double otherwise, double least, double most)
    {
        if (Text(configuration, key) is not { } value)
        {
            return otherwise;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    private static InvalidOperationException Wrong(string key, string value, string allowed) =>
        new($"MLKIT__SCORER__{key} is '{value}'; allowed: {allowed}");
}
