using System.Diagnostics;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Bench.Features;

/// <summary>Millions of entity rows joined with five views of a million rows each, in the memory that the configuration allows.</summary>
internal static class MemoryBench
{
    private const int Rows = 1_000_000;
    private const int Views = 5;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-bench-memory-").FullName;
        try
        {
            Generate(folder);
            foreach (var (entities, megabytes) in new[] { (Rows, 256), (4 * Rows, 256), (Rows, 512) })
            {
                await RunAsync(folder, entities, megabytes);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, int entities, int megabytes)
    {
        await using var store = new FeatureStore(new FeatureStoreOptions("bench", Path.Combine(folder, "registry.db"), folder)
        {
            Offline = new OfflineStoreOptions { MemoryMegabytes = megabytes, SpillPath = Path.Combine(folder, "spill") },
        });
        await store.ApplyAsync(new FeatureDefinitions
        {
            Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }],
            Views =
            [
                .. Enumerable.Range(0, Views).Select(v => new FeatureView($"v{v}", new FileSource($"s{v}", $"v{v}.parquet"))
                {
                    Entities = ["user"], Schema = [new Field($"a{v}", ValueType.Double), new Field($"b{v}", ValueType.String)],
                }),
            ],
        });
        EntityRows(folder, entities);
        var request = new HistoricalRequest(Path.Combine(folder, "entities.parquet"))
        {
            Features = [.. Enumerable.Range(0, Views).SelectMany(v => new[] { $"v{v}:a{v}", $"v{v}:b{v}" })],
        };
        using var watch = new Watch();
        var clock = Stopwatch.StartNew();
        var rows = await store.WriteHistoricalFeaturesAsync(request, Path.Combine(folder, "result.parquet"));
        Console.WriteLine(FormattableString.Invariant(
            $"{rows} entity rows x {Views} views of {Rows} rows with a limit of {megabytes} MB: {clock.Elapsed.TotalSeconds:0.0} s, resident memory grew by {watch.Growth} MB at most"));
    }

    private static void Generate(string folder)
    {
        using var duck = new DuckSession(new OfflineStoreOptions());
        for (var v = 0; v < Views; v++)
        {
            duck.Run($"""
                COPY (SELECT (hash(i * 7 + {v}) % 200000)::BIGINT AS user_id, TIMESTAMPTZ '2024-01-01' + to_microseconds((hash(i * 13 + {v}) % 31536000000000)::BIGINT) AS event_timestamp,
                  random() AS a{v}, 'value ' || hash(i) AS b{v} FROM range({Rows}) t(i)) TO '{folder}/v{v}.parquet' (FORMAT parquet)
                """);
        }
    }

    private static void EntityRows(string folder, int rows)
    {
        using var duck = new DuckSession(new OfflineStoreOptions());
        duck.Run($"COPY (SELECT (hash(i * 31) % 200000)::BIGINT AS user_id, TIMESTAMPTZ '2024-01-01' + to_microseconds((hash(i * 17) % 31536000000000)::BIGINT) AS event_timestamp, i AS label FROM range({rows}) t(i)) TO '{folder}/entities.parquet' (FORMAT parquet)");
    }

    /// <summary>Looks at the resident memory ten times in a second.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly long _before = Environment.WorkingSet;
        private readonly Timer _timer;
        private long _most;

        public Watch() => _timer = new Timer(_ => _most = Math.Max(_most, Environment.WorkingSet), null, 0, 100);

        public long Growth => (_most - _before) / (1024 * 1024);

        public void Dispose() => _timer.Dispose();
    }
}
