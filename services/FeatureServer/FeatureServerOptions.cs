using System.Globalization;
using MlKit.Feast;
using MlKit.ServiceDefaults;
using MlKit.Storage;

namespace MlKit.FeatureServer;

/// <summary>The settings of the feature server, read and checked once at start.</summary>
/// <param name="Store">Where registry, online store and offline store are.</param>
internal sealed record FeatureServerOptions(FeatureStoreOptions Store)
{
    /// <summary>Port of gRPC; null: gRPC is off.</summary>
    public int? GrpcPort { get; private init; }

    /// <summary>Whether <c>feast.serving.ServingService</c> answers empty requests, too.</summary>
    public bool ServingService { get; private init; }

    /// <summary>Whether pushed rows are added to a file with list columns, which Feast's file store refuses.</summary>
    public bool OfflineLists { get; private init; }

    /// <summary>What clients must send as <c>Authorization: Bearer</c>; null: nothing.</summary>
    public string? Token { get; private init; }

    /// <summary>Materializations that clients started with <c>async=true</c> and that run at the same time.</summary>
    public int MaterializationWorkers { get; private init; } = 2;

    /// <summary>File that online reads are noted in for the skew check; null: none.</summary>
    public string? ReadLog { get; private init; }

    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => nameof(FeatureServerOptions);

    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        FeatureServer: Feast's HTTP feature server over any Redis.

          --urls http://127.0.0.1:PORT       address of the API, /health, /alive and /metrics
          ConnectionStrings__redis           online store: host:port[,password=..][,db=n][,ssl=true] (default localhost:6379)
          MLKIT__FEAST__REPO                 folder with a feature_store.yaml, or --repo FOLDER: what it says is the default of
                                             the settings below and of ConnectionStrings__redis (default: none)
          MLKIT__FEAST__REGISTRY             file or s3://bucket/name (default STATE/registry.db); it may appear and change later
          MLKIT__FEAST__PROJECT              project in the registry (default mlkit)
          MLKIT__FEAST__OFFLINE              folder or s3://bucket/prefix that relative source paths start from (default STATE/offline)
          MLKIT__FEAST__KEYVERSION           entity_key_serialization_version, 2 or 3 (default 3)
          MLKIT__FEAST__KEYTTLSECONDS        life of a key in Redis after a write, 1-2147483647 (default: for ever)
          MLKIT__FEAST__STRICTSTATUSES       true: NULL_VALUE, NOT_FOUND and OUTSIDE_MAX_AGE instead of PRESENT (default false)
          MLKIT__FEAST__GRPCPORT             port of gRPC, 0 to 65535 (0: any free one; default: gRPC is off)
          MLKIT__FEAST__SERVINGSERVICE       true: feast.serving.ServingService answers empty requests, which ask for its
                                             version, too; otherwise they are UNIMPLEMENTED as in feast listen (default false)
          MLKIT__FEAST__OFFLINELISTS         true: /push adds rows to a Parquet file with list columns; otherwise that is
                                             refused as in Feast; folders of files always take them (default false)
          MLKIT__FEAST__TOKEN                what clients must send as 'Authorization: Bearer TOKEN' (default: nothing);
                                             better as a file of that name under MLKIT__SECRETS__PATH
          MLKIT__FEAST__MATERIALIZEWORKERS   materializations with ?async=true at the same time, 1-64 (default 2)
          MLKIT__FEAST__READLOG              file that online reads are noted in for skew-check (default: none), at most 256 MB
          MLKIT__FEAST__OFFLINEMEMORY        megabytes that one offline query may use before it spills to disk, 64-1048576
          MLKIT__STATE__PATH                 folder for what the server keeps, STATE above (default .mlkit/feast)
          OTEL_EXPORTER_OTLP_ENDPOINT        where traces, metrics and logs go

        """ + S3Options.Help;

    private const string Section = "MLKIT:FEAST:";

    /// <exception cref="InvalidOperationException">A value is not allowed; the message names key, value and what is.</exception>
    public static FeatureServerOptions Read(IConfiguration configuration)
    {
        return new FeatureServerOptions(ReadStore(configuration))
        {
            ReadLog = Text(configuration, Section + "READLOG", "") is { Length: > 0 } log ? log : null,
            GrpcPort = Number(configuration, "GRPCPORT", 0, 65535),
            ServingService = Flag(configuration, "SERVINGSERVICE"),
            OfflineLists = Flag(configuration, "OFFLINELISTS"),
            Token = Text(configuration, Section + "TOKEN", "") is { Length: > 0 } token ? token : null,
            MaterializationWorkers = Number(configuration, "MATERIALIZEWORKERS", 1, 64) ?? 2,
        };
    }

    private static FeatureStoreOptions ReadStore(IConfiguration configuration)
    {
        var repo = Repository(configuration);
        var redis = Text(configuration, "ConnectionStrings:redis", repo is null ? "localhost:6379" : repo.Redis ?? "");
        CheckRedis(redis);
        var online = repo?.Online ?? new OnlineStoreOptions();
        return new FeatureStoreOptions(
            Text(configuration, Section + "PROJECT", repo?.Project ?? "mlkit"),
            Text(configuration, Section + "REGISTRY", "") is { Length: > 0 } registry ? registry : repo?.RegistryPath ?? State("registry.db"),
            Text(configuration, Section + "OFFLINE", "") is { Length: > 0 } offline ? offline : repo?.OfflinePath ?? State("offline"))
        {
            Redis = redis,
            StrictStatuses = Flag(configuration, "STRICTSTATUSES"),
            S3 = S3Options.Read(key => configuration[key]),
            Offline = new OfflineStoreOptions { MemoryMegabytes = Number(configuration, "OFFLINEMEMORY", 64, 1048576) },
            Online = online with
            {
                EntityKeyVersion = Number(configuration, "KEYVERSION", 2, 3) ?? online.EntityKeyVersion,
                KeyTtl = Number(configuration, "KEYTTLSECONDS", 1, int.MaxValue) is { } seconds ? TimeSpan.FromSeconds(seconds) : online.KeyTtl,
            },
        };

        string State(string name) => Path.Combine(ServiceState.Open(configuration, "feast"), name);
    }

    /// <summary>What a folder's feature_store.yaml says, or null where no folder is named.</summary>
    private static FeatureStoreOptions? Repository(IConfiguration configuration)
    {
        var folder = Text(configuration, "repo", Text(configuration, Section + "REPO", ""));
        try
        {
            return folder.Length > 0 ? FeatureStoreYaml.ReadFolder(Path.GetFullPath(folder)) : null;
        }
        catch (FeastException error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
    }

    private static void CheckRedis(string redis)
    {
        try
        {
            if (redis.Length > 0)
            {
                RedisConnection.Parse(redis);
            }
        }
        catch (FeastException error)
        {
            // The value may hold a password, so it is not repeated.
            throw new InvalidOperationException($"ConnectionStrings__redis: {error.Message}", error);
        }
    }

    private static string Text(IConfiguration configuration, string key, string fallback) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text : fallback;

    private static bool Flag(IConfiguration configuration, string key)
    {
        var text = Text(configuration, Section + key, "false");
        return bool.TryParse(text, out var flag)
            ? flag
            : throw new InvalidOperationException($"MLKIT__FEAST__{key} is '{text}'; allowed are true and false");
    }

    private static int? Number(IConfiguration configuration, string key, int least, int most)
    {
        var text = Text(configuration, Section + key, "");
        if (text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException($"MLKIT__FEAST__{key} is '{text}'; allowed is a whole number from {least} to {most}");
    }
}
