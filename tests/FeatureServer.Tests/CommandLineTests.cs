using System.Text.Json;
using MlKit.Feast;
using Cli = MlKit.FeatureServer.Commands.CommandLine;

namespace MlKit.Tests;

/// <summary>The commands, from definitions to online features and the two checks.</summary>
[Collection(RedisTests.Name)]
public sealed class CommandLineTests(RedisServers servers) : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-commands-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_way_of_a_project_from_plan_to_features_and_checks()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "feature_store.yaml"),
            $"project: mlkit\nregistry: registry.db\nonline_store: {{type: redis, connection_string: '{redis}'}}\n", Token);

        Assert.Contains("create feature view item_profile: item_id String -> title String, genres StringList, release_year Int64", await RunAsync(0, "plan"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "registry.db")));
        Assert.Contains("feature view item_profile", await RunAsync(0, "apply"), StringComparison.Ordinal);
        Assert.StartsWith("Nothing would change", await RunAsync(0, "plan"), StringComparison.Ordinal);

        await using var store = new FeatureStore(FeatureStoreYaml.ReadFolder(_folder));
        await store.WriteOfflineAsync("item_profile", Items(), cancellationToken: Token);
        Assert.Contains("item_profile: 2 of 2 rows written (1 of 1 views done)", await RunAsync(0, "materialize", "2026-02-01", "2026-03-02", "--views", "item_profile"), StringComparison.Ordinal);
        Assert.Contains("item_profile: 0 of 0 rows written", await RunAsync(0, "materialize-incremental", "2026-03-03", "--views", "item_profile"), StringComparison.Ordinal);

        using var answer = JsonDocument.Parse(await RunAsync(0, "get", "--features", "item_profile:title,item_profile:release_year", "--entities", "item_id=i1,i9"));
        Assert.Equal("Heat", answer.RootElement.GetProperty("results")[1].GetProperty("values")[0].GetString());
        using var registry = JsonDocument.Parse(await RunAsync(0, "registry-dump"));
        Assert.Equal(4, registry.RootElement.GetProperty("feature_views").GetArrayLength());
    }

    [Fact]
    public async Task The_checks_read_the_servers_log_and_a_file_of_entity_rows()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "feature_store.yaml"),
            $"project: mlkit\nregistry: registry.db\nonline_store: {{type: redis, connection_string: '{redis}'}}\n", Token);
        await RunAsync(0, "apply");
        await using var store = new FeatureStore(FeatureStoreYaml.ReadFolder(_folder));
        await store.WriteOfflineAsync("item_profile", Items(), cancellationToken: Token);
        await RunAsync(0, "materialize", "2026-02-01", "2026-03-02", "--views", "item_profile");
        var log = Path.Combine(_folder, "reads.jsonl");
        var keys = new[] { new FeatureColumn("item_id", new[] { "i1", "i2", "i3" }) };
        await File.WriteAllBytesAsync(log, LoggedReads.Line(TimeProvider.System.GetUtcNow(), keys, await store.GetOnlineFeaturesAsync(["item_profile:title", "item_profile:genres"], keys, cancellationToken: Token)), Token);
        Assert.StartsWith("6 values of 1 reads agree", await RunAsync(0, "skew-check", log), StringComparison.Ordinal);

        var wrong = new FeatureFrame(Items().Columns.Select(column => column.Name == "event_timestamp" ? new FeatureColumn("event_timestamp", new[] { Day.AddHours(2), Day.AddHours(2) })
            : column.Name == "title" ? new FeatureColumn("title", new[] { "Cold", "Cold" }) : column));
        await store.WriteOnlineAsync("item_profile", wrong, Token);
        await File.AppendAllTextAsync(log, System.Text.Encoding.UTF8.GetString(LoggedReads.Line(TimeProvider.System.GetUtcNow(), keys, await store.GetOnlineFeaturesAsync(["item_profile:title"], keys, cancellationToken: Token))), Token);
        Assert.Contains("item_profile:title of item_id=i1 at", await RunAsync(1, "skew-check", log), StringComparison.Ordinal);

        var entities = Path.Combine(_folder, "entities.parquet");
        await store.WriteHistoricalFeaturesAsync(
            new HistoricalRequest(Directory.GetFiles(Path.Combine(_folder, "item_profile"), "*.parquet").Single()) { Features = ["item_profile:title"], FullFeatureNames = true }, entities, Token);
        Assert.StartsWith("2 rows do not depend", await RunAsync(0, "leak-check", "2026-03-02", entities, "--features", "item_profile:release_year"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "there is no command 'serve'", "serve")]
    [InlineData(2, "materialize: wanted are START END, but 1 arguments are there", "materialize", "2026-01-01")]
    [InlineData(2, "materialize: 'soon' is no time", "materialize", "soon", "2026-01-01")]
    [InlineData(2, "get: --entities user_id=1,2 is wanted", "get", "--features", "a:b")]
    [InlineData(1, "registry-dump: the registry", "registry-dump")]
    public async Task A_command_line_that_is_wrong_is_told(int code, string message, params string[] args)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "feature_store.yaml"), "project: p\nregistry: r.db\nonline_store: none\n", Token);
        using var errors = new StringWriter();
        Assert.Equal(code, await Cli.RunAsync([args[0], .. args[1..], "--repo", _folder], TextWriter.Null, errors, Token));
        Assert.StartsWith(message, errors.ToString(), StringComparison.Ordinal);
    }

    private static FeatureFrame Items() => new(
        new FeatureColumn("item_id", new[] { "i1", "i2" }),
        new FeatureColumn("title", new[] { "Heat", "Alien" }),
        new FeatureColumn("genres", new[] { new[] { "crime" }, [] }),
        new FeatureColumn("release_year", new long[] { 1995, 1979 }),
        new FeatureColumn("event_timestamp", new[] { Day, Day.AddHours(1) }));

    private async Task<string> RunAsync(int code, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var actual = await Cli.RunAsync([.. args, "--repo", _folder], output, errors, Token);
        Assert.True(actual == code, $"{string.Join(' ', args)}: exit code {actual}: {errors}{output}");
        return output.ToString();
    }
}
