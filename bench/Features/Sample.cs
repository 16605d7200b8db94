using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Bench.Features;

/// <summary>Two views of ten features, one of fifty, and their rows.</summary>
internal static class Sample
{
    public const int Users = 1000;

    public static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, 123, TimeSpan.Zero);

    public static async Task<FeatureStore> FillAsync(string folder, string redis)
    {
        var store = new FeatureStore(new FeatureStoreOptions("bench", Path.Combine(folder, "registry.db"), folder) { Redis = redis });
        await store.ApplyAsync(new FeatureDefinitions
        {
            Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }],
            Views = [View("one", 10), View("two", 10), View("wide", 50)],
        });
        foreach (var (name, count) in new[] { ("one", 10), ("two", 10), ("wide", 50) })
        {
            await store.WriteOnlineAsync(name, Rows(count, 0, Users));
        }

        return store;
    }

    public static FeatureView View(string name, int features) => new(name, new FileSource(name + "_files", name))
    {
        Entities = ["user"],
        Schema = [.. Enumerable.Range(0, features).Select(i => new Field($"{name}_f{i}", (i % 3) switch { 0 => ValueType.Int64, 1 => ValueType.Double, _ => ValueType.String }))],
    };

    public static FeatureFrame Rows(int features, int first, int count, string? name = null)
    {
        var random = new Random(1);
        var prefix = name ?? features switch { 50 => "wide", _ => null };
        return new FeatureFrame(Columns());

        IEnumerable<FeatureColumn> Columns()
        {
            yield return new FeatureColumn("user_id", Enumerable.Range(first, count).Select(i => (long)i).ToArray());
            yield return new FeatureColumn("event_timestamp", Enumerable.Range(0, count).Select(_ => Day).ToArray());
            foreach (var view in prefix is null ? new[] { "one", "two" } : [prefix])
            {
                for (var i = 0; i < features; i++)
                {
                    yield return new FeatureColumn($"{view}_f{i}", (i % 3) switch
                    {
                        0 => Enumerable.Range(0, count).Select(_ => random.NextInt64(1_000_000)).ToArray(),
                        1 => Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray(),
                        _ => Enumerable.Range(0, count).Select(_ => $"value-{random.Next(100_000)}").ToArray(),
                    });
                }
            }
        }
    }

    public static string[] References(string view, int count) => [.. Enumerable.Range(0, count).Select(i => $"{view}:{view}_f{i}")];
}
