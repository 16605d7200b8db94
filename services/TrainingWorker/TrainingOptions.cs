using MlKit.Recommendation.Data;
using MlKit.Recommendation.Ranking;
using MlKit.Storage;

namespace MlKit.TrainingWorker;

/// <summary>The worker's settings, read once at start.</summary>
internal sealed record TrainingOptions
{
    public const string Help = """
        The training job: reads interactions, fills the feature store, trains, evaluates, registers and promotes
        the recommender, then ends. It trains only if the champion was made from other data, features or code.

          TrainingWorker                                        run the job
          TrainingWorker benchmark --data PATH --protocol NAME [--seed N] [--ranker KIND] [--trials N]
                                  [--lenient] [--json]
                                                                train and evaluate without any server
          TrainingWorker evaluate --model models:/NAME@ALIAS --data PATH --protocol NAME [--lenient] [--json]
                                                                evaluate a registered model
          TrainingWorker upload --from FOLDER                   send a training that the tracking server did not take

        Protocols: ncf, ncf-full, last, last-sampled, per-user-75-25, latest-out.

        Settings (environment form):
          MLKIT__DATA__PATH                  folder or file of interactions, or s3:// of one; unset: generated data
          MLKIT__DATA__COLUMNS__USER         CSV column of the user (also __ITEM, __TIMESTAMP, __VALUE)
          MLKIT__DATA__LENIENT               true leaves broken rows out and counts them (default false)
          MLKIT__DATA__EVENTS                folder or s3:// of the feedback log of the recommendation API; unset: none
          MLKIT__STATE__PATH                 folder for what the job keeps (default .mlkit/training): checkpoint,
                                             outbox, keys/gate-public-key.pem
          MLKIT__FEAST__REGISTRY             registry file or s3://bucket/name (default STATE/feast/registry.db)
          MLKIT__FEAST__PROJECT              project (default mlkit)
          MLKIT__FEAST__OFFLINE              folder or s3://bucket/prefix of Parquet files (default STATE/feast/offline)
          ConnectionStrings__redis           online store (default localhost:6379)
          services__mlflow__http__0          tracking server
          MLKIT__GATE__SIGNINGKEY            secret that signs gate documents: a private key (P-256, PEM), or at least 22
                                             characters from which one is made; unset: a key of its own in STATE/keys
          MLKIT__TRAINING__EXPERIMENT        experiment (default recommender)
          MLKIT__TRAINING__RANKER            auto, lightgbm or fasttree (default auto)
          MLKIT__TRAINING__SEED              whole number (default 1)
          MLKIT__TRAINING__TRIALS            points of the ranker's parameters that are drawn at random and tried by
                                             successive halving, 0 to 200 (default 0: two usual shapes alone)
          MLKIT__TRAINING__FORCE             true trains even if the champion is current (default false)
          MLKIT__TRAINING__LATENCYBUDGETMS   most that one answer may take in the gate, 1 to 60000 (default 100)
          MLKIT__TRAINING__PATIENCESECONDS   how long a tracking server that is gone is waited for, 1 to 900 (default 120)
          OTEL_EXPORTER_OTLP_ENDPOINT        where traces, metrics and logs go

        Exit codes: 0 done or champion current, 1 failure, 3 the gate refused promotion.

        """ + S3Options.Help;

    public const int MostTrials = 200;

    public string? DataPath { get; init; }

    public string? Events { get; init; }

    public bool Lenient { get; init; }

    /// <summary>Folder for what the job keeps.</summary>
    public required string State { get; init; }

    /// <summary>How <c>s3://</c> locations are reached.</summary>
    public S3Options S3 { get; init; } = new();

    /// <summary>The secret that gate documents are signed with; null: a key in the state folder.</summary>
    public string? SigningKey { get; init; }

    public double LatencyBudgetMs { get; init; } = 100;

    /// <summary>Repetitions of a call whose pauses (from half a second, doubling) add up to the patience that was asked for.</summary>
    public int TrackingRetries { get; init; } = 8;

    public CsvColumns Columns { get; init; } = CsvColumns.Default;

    public required string Registry { get; init; }

    public required string Project { get; init; }

    public required string Offline { get; init; }

    public required string Redis { get; init; }

    public required string Experiment { get; init; }

    public RankerKind Ranker { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Random trials of the ranker's parameters beside the usual ones.</summary>
    public int Trials { get; init; }

    public bool Force { get; init; }

    /// <exception cref="InvalidOperationException">A value is not allowed; the message names key, value and what is.</exception>
    public static TrainingOptions Read(IConfiguration configuration)
    {
        string StateFile(string name) => Path.Combine(ServiceDefaults.ServiceState.Open(configuration, "training"), "feast", name);
        return new TrainingOptions
        {
            State = ServiceDefaults.ServiceState.Open(configuration, "training"),
            SigningKey = Text(configuration, "MLKIT:GATE:SIGNINGKEY"),
            DataPath = Text(configuration, "MLKIT:DATA:PATH"),
            Events = Text(configuration, "MLKIT:DATA:EVENTS"),
            S3 = S3Options.Read(key => configuration[key]),
            Lenient = Parsed(configuration, "MLKIT:DATA:LENIENT", false, "true or false"),
            LatencyBudgetMs = Between(configuration, "MLKIT:TRAINING:LATENCYBUDGETMS", 100, 1, 60_000),
            TrackingRetries = Math.Clamp((int)Math.Ceiling(Math.Log2((Between(configuration, "MLKIT:TRAINING:PATIENCESECONDS", 120, 1, 900) * 2) + 1)), 0, 10),
            Columns = new CsvColumns
            {
                User = Text(configuration, "MLKIT:DATA:COLUMNS:USER"),
                Item = Text(configuration, "MLKIT:DATA:COLUMNS:ITEM"),
                Timestamp = Text(configuration, "MLKIT:DATA:COLUMNS:TIMESTAMP"),
                Value = Text(configuration, "MLKIT:DATA:COLUMNS:VALUE"),
            },
            Registry = Location(Text(configuration, "MLKIT:FEAST:REGISTRY") ?? StateFile("registry.db")),
            Project = Text(configuration, "MLKIT:FEAST:PROJECT") ?? "mlkit",
            Offline = Location(Text(configuration, "MLKIT:FEAST:OFFLINE") ?? StateFile("offline")),
            Redis = configuration.GetConnectionString("redis") ?? "localhost:6379",
            Experiment = Text(configuration, "MLKIT:TRAINING:EXPERIMENT") ?? "recommender",
            Ranker = Choice(configuration, "MLKIT:TRAINING:RANKER", RankerKind.Auto),
            Seed = Parsed(configuration, "MLKIT:TRAINING:SEED", 1, "a whole number"),
            Trials = (int)Between(configuration, "MLKIT:TRAINING:TRIALS", 0, 0, MostTrials),
            Force = Parsed(configuration, "MLKIT:TRAINING:FORCE", false, "true or false"),
        };
    }

    private static string Location(string text) => ObjectStores.IsRemote(text) ? text : Path.GetFullPath(text);

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static T Parsed<T>(IConfiguration configuration, string key, T unset, string allowed)
        where T : IParsable<T> =>
        Text(configuration, key) is not { } text ? unset
        : T.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value
        : throw Refuse(key, text, allowed);

    private static double Between(IConfiguration configuration, string key, double unset, double least, double most)
    {
        var allowed = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        var value = Parsed(configuration, key, unset, allowed);
        return value >= least && value <= most ? value : throw Refuse(key, Text(configuration, key) ?? "", allowed);
    }

    private static RankerKind Choice(IConfiguration configuration, string key, RankerKind unset) =>
        Text(configuration, key) is not { } text ? unset
        : Enum.TryParse<RankerKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && kind != RankerKind.Retrieval && !char.IsAsciiDigit(text[0]) ? kind
        : throw Refuse(key, text, "auto, lightgbm or fasttree");

    private static InvalidOperationException Refuse(string key, string value, string allowed) =>
        new($"{key.Replace(":", "__", StringComparison.Ordinal)} is '{value}'; allowed is {allowed}");
}
