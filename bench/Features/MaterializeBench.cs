using System.Diagnostics;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Bench.Features;

/// <summary>Entity rows of ten features per second into an online store.</summary>
internal static class MaterializeBench
{
    private const int Rows = 200_000;

    public static async Task RunAsync(string redis)
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-bench-materialize-").FullName;
        try
        {
            await using var store = new FeatureStore(new FeatureStoreOptions("bench", Path.Combine(folder, "registry.db"), folder) { Redis = redis });
            await store.ApplyAsync(new FeatureDefinitions { Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }], Views = [Sample.View("one", 10)] });
            await store.WriteOfflineAsync("one", Sample.Rows(10, 0, Rows, "one"));
            await store.MaterializeAsync(Sample.Day.AddDays(-1), Sample.Day.AddDays(-1).AddSeconds(1));
            foreach (var what in new[] { "first time", "again, nothing newer" })
            {
                var clock = Stopwatch.StartNew();
                var written = await store.MaterializeAsync(Sample.Day.AddDays(-1), Sample.Day.AddDays(1));
                Console.WriteLine(FormattableString.Invariant(
                    $"materialize {Rows} rows x 10 features, {what}: {Rows / clock.Elapsed.TotalSeconds:0} rows/s, {written["one"]} written (target at least 50000/s)"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
