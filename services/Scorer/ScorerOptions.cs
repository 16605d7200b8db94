using MlKit.Mlflow;
using MlKit.Scorer.Settings;

namespace MlKit.Scorer;

/// <summary>Who may load and unload models of the repository folder.</summary>
internal enum ModelControl
{
    /// <summary>All are loaded at start; the load and unload calls change them afterwards.</summary>
    Api,

    /// <summary>All are loaded at start, and nothing changes them.</summary>
    None,

    /// <summary>All are loaded at start, and the folder is looked at again and again.</summary>
    Poll,
}

/// <summary>Settings of the scorer, read from <c>MLKIT:SCORER:*</c> (environment form <c>MLKIT__SCORER__*</c>).</summary>
internal sealed record ScorerOptions
{
    private const long Gigabyte = 1L << 30;

    /// <summary>Folder with one folder per model; null: none.</summary>
    public string? ModelRepository { get; private init; }

    public ModelControl Control { get; private init; }

    /// <summary>The repository folder may hold ML.NET models, which are trusted as code is.</summary>
    public bool TrustRepository { get; private init; }

    /// <summary>Registered models to serve and follow.</summary>
    public IReadOnlyList<ModelUri> RegistryModels { get; private init; } = [];

    /// <summary>Registry versions are loaded only with a gate document that verifies.</summary>
    public bool RequireGate { get; private init; }

    /// <summary>PEM file of the key that gate documents are verified with; it may come later than the scorer.</summary>
    public string? GatePublicKey { get; private init; }

    /// <summary>A model that failed to load makes the server not ready.</summary>
    public bool StrictReadiness { get; private init; }

    /// <summary>Port of gRPC (HTTP/2 without TLS); null: gRPC is off; 0: any free port.</summary>
    public int? GrpcPort { get; private init; }

    /// <summary>A further port for <c>/metrics</c>; null: none.</summary>
    public int? MetricsPort { get; private init; }

    /// <summary>Execution providers in the order of preference.</summary>
    public IReadOnlyList<string> Providers { get; private init; } = [];

    public bool RequireGpu { get; private init; }

    public int DeviceId { get; private init; }

    /// <summary>Bytes of GPU memory for one model; 0: no limit.</summary>
    public long GpuMemoryBytes { get; private init; }

    public bool ShrinkArena { get; private init; }

    /// <summary>Time between two looks at the registry or the repository folder.</summary>
    public TimeSpan PollInterval { get; private init; }

    /// <summary>How long a replaced version can still be asked for by its number.</summary>
    public TimeSpan RetireAfter { get; private init; }

    /// <summary>Threads that ONNX Runtime may use inside one inference.</summary>
    public int IntraOpThreads { get; private init; }

    /// <summary>Inferences that one model runs at the same time, where its configuration does not say.</summary>
    public int MaxConcurrency { get; private init; }

    /// <summary>Inferences of all models at the same time.</summary>
    public int ComputeSlots { get; private init; }

    /// <summary>Largest batch of a batchable model whose configuration names none.</summary>
    public int BatchSize { get; private init; }

    /// <summary>Requests of one model that may be in progress.</summary>
    public int QueueSize { get; private init; }

    /// <summary>Requests of one model that are let in even under overload.</summary>
    public int QueueFloor { get; private init; }

    /// <summary>Waiting time that is taken as a sign of overload.</summary>
    public TimeSpan QueueTarget { get; private init; }

    /// <summary>Who comes when the queue is full waits instead of being refused.</summary>
    public bool QueueWaits { get; private init; }

    /// <summary>Longest time of one inference.</summary>
    public TimeSpan RunLimit { get; private init; }

    /// <summary>Longest time of loading a model in the probe process.</summary>
    public TimeSpan ProbeLimit { get; private init; }

    /// <summary>Memory that the probe process may take, in bytes.</summary>
    public long ProbeBytes { get; private init; }

    /// <summary>Memory of the process above which no further model is loaded, in bytes; 0: no limit.</summary>
    public long MemoryBudget { get; private init; }

    /// <summary>Largest request in bytes, after decompression.</summary>
    public int MaxRequestBytes { get; private init; }

    /// <summary>Largest model in bytes, with its external data.</summary>
    public long MaxModelBytes { get; private init; }

    /// <summary>Time within which a client must have sent the headers of a request.</summary>
    public TimeSpan HeaderLimit { get; private init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="InvalidOperationException">One is wrong; the message names key, value and what is allowed.</exception>
    public static ScorerOptions Read(IConfiguration configuration)
    {
        var read = new OptionReader(configuration);
        var options = new ScorerOptions
        {
            ModelRepository = read.Folder("MODELREPOSITORY"),
            Control = Enum.Parse<ModelControl>(read.OneOf("CONTROL", "api", "none", "poll"), ignoreCase: true),
            TrustRepository = read.Flag("TRUSTREPOSITORY", false),
            RegistryModels = read.Models("REGISTRYMODELS"),
            RequireGate = read.Flag("REQUIREGATE", false),
            GatePublicKey = read.Text("GATE__PUBLICKEY"),
            StrictReadiness = read.Flag("STRICTREADINESS", true),
            GrpcPort = read.Port("GRPCPORT"),
            MetricsPort = read.Port("METRICSPORT"),
            Providers = read.ListOf("PROVIDER", Onnx.ExecutionProviders.Allowed),
            RequireGpu = read.Flag("REQUIREGPU", false),
            DeviceId = read.Whole("DEVICEID", 0, 0, 1023),
            GpuMemoryBytes = read.Long("GPUMEMORYBYTES", 0, 0, long.MaxValue),
            ShrinkArena = read.Flag("SHRINKARENA", false),
            PollInterval = read.Seconds("POLLSECONDS", 1, 0.01, 3600),
            RetireAfter = read.Seconds("RETIRESECONDS", 10, 0, 3600),
            IntraOpThreads = read.Whole("INTRAOPTHREADS", 1, 1, 256),
            MaxConcurrency = read.Whole("MAXCONCURRENCY", Environment.ProcessorCount, 1, 1024),
            ComputeSlots = read.Whole("COMPUTESLOTS", Environment.ProcessorCount, 1, 1024),
            BatchSize = read.Whole("BATCHSIZE", 65536, 1, int.MaxValue),
            QueueSize = read.Whole("QUEUESIZE", 1024, 1, 1_000_000),
            QueueFloor = read.Whole("QUEUEFLOOR", 64, 1, 1_000_000),
            QueueTarget = read.Seconds("QUEUETARGETSECONDS", 0.05, 0.001, 60),
            QueueWaits = read.OneOf("QUEUEPOLICY", "reject", "wait") == "wait",
            RunLimit = read.Seconds("RUNSECONDS", 60, 0.1, 86400),
            ProbeLimit = read.Seconds("PROBESECONDS", 120, 0.1, 3600),
            ProbeBytes = read.Long("PROBEBYTES", 4 * Gigabyte, 1 << 26, long.MaxValue),
            MemoryBudget = read.Long("MEMORYBUDGET", 0, 0, long.MaxValue),
            MaxRequestBytes = read.Whole("MAXREQUESTBYTES", 64 << 20, 1024, int.MaxValue),
            MaxModelBytes = read.Long("MAXMODELBYTES", int.MaxValue, 1, long.MaxValue),
            HeaderLimit = read.Seconds("HEADERSECONDS", 15, 0.1, 3600),
        };
        return options with { GatePublicKey = RequireKey(options), QueueFloor = Math.Min(options.QueueFloor, options.QueueSize) };
    }

    private static string? RequireKey(ScorerOptions options) => options is { RequireGate: true, GatePublicKey: null }
        ? throw new InvalidOperationException("MLKIT__SCORER__REQUIREGATE is true, and MLKIT__SCORER__GATE__PUBLICKEY is not set; allowed: the PEM file of the key that gate documents are verified with")
        : options.GatePublicKey;
}
