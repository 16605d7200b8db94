using System.Diagnostics;
using DuckDB.NET.Data;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Bench.Features;

/// <summary>Entity rows, a million and few, joined with three views of ten million rows together, against a hand-written query.</summary>
internal static class HistoricalBench
{
    private static readonly int[] Entities = [1_000_000, 10_000, 1_000];
    private const int RowsPerView = 3_333_334;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-bench-historical-").FullName;
        try
        {
            Generate(folder);
            await using var store = new FeatureStore(new FeatureStoreOptions("bench", Path.Combine(folder, "registry.db"), folder));
            await store.ApplyAsync(new FeatureDefinitions
            {
                Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }],
                Views = [.. Enumerable.Range(0, 3).Select(View)],
            });
            foreach (var entities in Entities.SelectMany(entities => new[] { entities, entities }))
            {
                await CompareAsync(store, folder, entities);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(FeatureStore store, string folder, int entities)
    {
        var request = new HistoricalRequest(EntityFile(folder, entities))
        {
            Features = [.. Enumerable.Range(0, 3).SelectMany(v => new[] { "a", "b", "c", "d", "e" }.Select(f => $"v{v}:{f}{v}"))],
        };
        var clock = Stopwatch.StartNew();
        HandWritten(folder, entities);
        var hand = clock.Elapsed.TotalSeconds;
        clock.Restart();
        await store.WriteHistoricalFeaturesAsync(request, Path.Combine(folder, "mlkit.parquet"));
        var mlkit = clock.Elapsed.TotalSeconds;
        Console.WriteLine(FormattableString.Invariant(
            $"historical join, {entities} rows x 3 views of 10 million rows: {mlkit:0.00} s, hand-written {hand:0.00} s, ratio {mlkit / hand:0.00} (target at most 1.5); differing rows {Differing(folder)}"));
    }

    private static string EntityFile(string folder, int entities) => $"{folder}/entities-{entities}.parquet";

    private static FeatureView View(int v) => new($"v{v}", new FileSource($"s{v}", $"v{v}.parquet"))
    {
        Entities = ["user"],
        Schema = [.. new[] { "a", "b", "c", "d", "e" }.Select(f => new Field($"{f}{v}", ValueType.Double))],
    };

    private static void Generate(string folder)
    {
        using var duck = Open();
        for (var v = 0; v < 3; v++)
        {
            Run(duck, $"""
                COPY (SELECT (hash(i * 7 + {v}) % 200000)::BIGINT AS user_id, TIMESTAMPTZ '2024-01-01' + to_microseconds((hash(i * 13 + {v}) % 31536000000000)::BIGINT) AS event_timestamp,
                  {string.Join(", ", new[] { "a", "b", "c", "d", "e" }.Select(f => $"random() AS {f}{v}"))} FROM range({RowsPerView}) t(i))
                TO '{folder}/v{v}.parquet' (FORMAT parquet, COMPRESSION zstd)
                """);
        }

        foreach (var entities in Entities)
        {
            Run(duck, $"COPY (SELECT (hash(i * 31) % 200000)::BIGINT AS user_id, TIMESTAMPTZ '2024-01-01' + to_microseconds((hash(i * 17) % 31536000000000)::BIGINT) AS event_timestamp, i AS label FROM range({entities}) t(i)) TO '{EntityFile(folder, entities)}' (FORMAT parquet)");
        }
    }

    private static void HandWritten(string folder, int entities)
    {
        using var duck = Open();
        var joins = string.Concat(Enumerable.Range(0, 3).Select(v => $" ASOF LEFT JOIN read_parquet('{folder}/v{v}.parquet') v{v} ON e.user_id = v{v}.user_id AND e.event_timestamp >= v{v}.event_timestamp"));
        var features = string.Concat(Enumerable.Range(0, 3).SelectMany(v => new[] { "a", "b", "c", "d", "e" }.Select(f => $", v{v}.{f}{v}")));
        Run(duck, $"COPY (SELECT e.*{features} FROM read_parquet('{EntityFile(folder, entities)}') e{joins}) TO '{folder}/hand.parquet' (FORMAT parquet, COMPRESSION zstd)");
    }

    private static long Differing(string folder)
    {
        using var duck = Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM ((SELECT * FROM read_parquet('{folder}/mlkit.parquet')) EXCEPT (SELECT * FROM read_parquet('{folder}/hand.parquet')))";
        return (long)command.ExecuteScalar()!;
    }

    private static DuckDBConnection Open()
    {
        var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        Run(duck, "SET TimeZone = 'UTC'");
        return duck;
    }

    private static void Run(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
