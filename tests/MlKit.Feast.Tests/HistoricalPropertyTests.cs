using CsCheck;
using MlKit.Feast;

namespace MlKit.Tests;

/// <summary>Joins of random rows with many ties, against the same rules applied row by row.</summary>
public sealed class HistoricalPropertyTests : IDisposable
{
    private const int Samples = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-historical-property-").FullName;
    private int _stores;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task A_join_in_memory_takes_the_newest_row_whatever_is_tied() => JoinSample.Any.SampleAsync(
        async sample => Equal(sample.Expected(), await JoinAsync(sample, JoinRules.Usual)), iter: Samples, threads: 1);

    [Fact]
    public Task A_join_of_files_takes_the_newest_row_whatever_is_tied() => JoinSample.Any.SampleAsync(
        async sample =>
        {
            await using var store = await StoreAsync(sample);
            var folder = Path.Combine(_folder, $"{_stores}");
            var result = Path.Combine(folder, "result.parquet");
            await store.WriteHistoricalFeaturesAsync(new HistoricalRequest(Path.Combine(folder, "entities.parquet")) { Features = ["v:value"] }, result, Token);
            var frame = await store.ReadFrameAsync(result, Token);
            Equal(sample.Expected(), frame);
            Assert.Equal(sample.Entities.Select(row => row.User), Enumerable.Range(0, frame.RowCount).Select(row => (long?)frame["user"][row]));
        },
        iter: Samples, threads: 1);

    [Fact]
    public Task A_row_counts_from_its_created_time_on_where_that_is_asked_for() => JoinSample.Any.SampleAsync(
        async sample => Equal(sample.Expected(filterByCreated: true), await JoinAsync(sample, JoinRules.Usual with { FilterByCreated = true })),
        iter: Samples, threads: 1);

    [Fact]
    public Task With_the_clock_moved_back_later_rows_do_not_exist() => JoinSample.Any.SampleAsync(
        async sample => Equal(sample.Expected(knownAt: 1), await JoinAsync(sample, JoinRules.Usual with { KnownAt = JoinSample.At(1) })),
        iter: Samples, threads: 1);

    private async Task<FeatureFrame> JoinAsync(JoinSample sample, JoinRules rules)
    {
        await using var store = await StoreAsync(sample);
        return await store.HistoricalAsync(sample.EntityFrame, [new ViewSelection("v", ["value"])], fullNames: false, rules, Token);
    }

    private async Task<FeatureStore> StoreAsync(JoinSample sample)
    {
        var folder = Path.Combine(_folder, $"{++_stores}");
        sample.Write(folder);
        var store = new FeatureStore(new FeatureStoreOptions("demo", Path.Combine(folder, "registry.db"), folder));
        await store.ApplyAsync(sample.Definitions, Token);
        return store;
    }

    private static void Equal(long?[] expected, FeatureFrame frame) =>
        Assert.Equal(expected, Enumerable.Range(0, frame.RowCount).Select(row => (long?)frame["value"][row]));
}
