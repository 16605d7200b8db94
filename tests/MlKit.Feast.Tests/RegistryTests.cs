using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

public sealed class RegistryTests : IDisposable
{
    private static readonly string[] Shared = ["registry_file"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-registry-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "registry.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_registry_that_Feast_wrote_is_kept_byte_for_byte()
    {
        foreach (var (name, bytes) in Registries())
        {
            var registry = Feast.Protos.Core.Registry.Parser.ParseFrom(bytes);

            Assert.Equal((name, Vectors.ToHex(bytes)), (name, Vectors.ToHex(registry.ToByteArray())));
        }
    }

    [Fact]
    public void A_registry_that_Feast_wrote_is_read_with_all_its_fields()
    {
        foreach (var vector in Vectors.Cases("registry_file").Concat(Vectors.Load("registry-content", "feast-server").GetProperty("cases").EnumerateArray()))
        {
            var registry = Feast.Protos.Core.Registry.Parser.ParseFrom(vector.Hex("file_hex"));
            var json = new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true)).Format(registry);
            var expected = vector.GetProperty("decoded");

            JsonAssert.Same(expected, System.Text.Json.JsonDocument.Parse(json).RootElement, vector.Text("name"));
        }
    }

    [Fact]
    public async Task Unknown_fields_survive_a_change()
    {
        byte[] unknown = [0xfa, 0x3e, 3, .. "new"u8];
        await System.IO.File.WriteAllBytesAsync(File, [.. Registries().First().Bytes, .. unknown], Token);
        var store = new RegistryStore(File);

        await store.UpdateAsync(_ => true, Token);

        Assert.Contains(Vectors.ToHex(unknown), Vectors.ToHex(await System.IO.File.ReadAllBytesAsync(File, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applying_twice_changes_nothing_the_second_time()
    {
        await using var store = Store();

        var first = await store.ApplyAsync(Definitions(), Token);
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Token);
        var second = await store.ApplyAsync(Definitions(), Token);

        Assert.Contains("feature view activity", first);
        Assert.Empty(second);
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File, Token));
    }

    [Fact]
    public async Task What_Feast_set_and_definitions_do_not_have_survives_another_apply()
    {
        await using var store = Store();
        await store.ApplyAsync(Definitions(), Token);
        byte[] unknown = [0xFA, 0x7F, 0x03, 0x61, 0x62, 0x63];
        await store.Registry.UpdateAsync(
            registry =>
            {
                var view = registry.FeatureViews.Single(each => each.Spec.Name == "activity");
                view.Spec.Disabled = true;
                view.Spec.MergeFrom(unknown);
                registry.FeatureServices.Single().Spec.PrecomputeOnline = true;
                registry.Entities[0].Spec.MergeFrom(unknown);
                return true;
            },
            Token);

        Assert.Empty(await store.ApplyAsync(Definitions(), Token));
        var changed = await store.ApplyAsync(Definitions() with
        {
            Views = [.. Definitions().Views.Select(view => view with { Owner = "somebody", Description = "" })],
            Services = [.. Definitions().Services.Select(service => service with { Description = "new" })],
        }, Token);

        Assert.Contains("feature view activity", changed);
        var after = store.Registry.Load();
        var spec = after.FeatureViews.Single(each => each.Spec.Name == "activity").Spec;
        Assert.True(spec is { Disabled: true, Owner: "somebody" } && after.FeatureServices.Single().Spec is { PrecomputeOnline: true, Description: "new" });
        Assert.EndsWith(Vectors.ToHex(unknown), Vectors.ToHex(spec.ToByteArray()), StringComparison.Ordinal);
        Assert.EndsWith(Vectors.ToHex(unknown), Vectors.ToHex(after.Entities.Single(entity => entity.Spec.Name == "user").Spec.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_applied_has_all_that_Feast_needs()
    {
        await using var store = Store();
        await store.ApplyAsync(Definitions(), Token);

        var registry = store.Registry.Load();

        Assert.Equal("1", registry.RegistrySchemaVersion);
        Assert.True(Guid.TryParse(registry.VersionId, out _));
        Assert.Equal(["demo"], registry.Projects.Select(project => project.Spec.Name));
        Assert.Equal(["user", "__dummy"], registry.Entities.Select(entity => entity.Spec.Name));
        Assert.Equal(["activity_files", "activity_push", "world_files"], registry.DataSources.Select(source => source.Name));
        var view = registry.FeatureViews.Single(each => each.Spec.Name == "activity");
        Assert.Equal("latest", view.Spec.Version);
        Assert.Equal("user_id", Assert.Single(view.Spec.EntityColumns).Name);
        Assert.Equal("activity_push", view.Spec.StreamSource.Name);
        Assert.Equal("activity", view.Spec.BatchSource.FileOptions.Uri);
        Assert.Equal(["__dummy_id"], registry.FeatureViews.Single(each => each.Spec.Name == "world").Spec.EntityColumns.Select(key => key.Name));
        Assert.Equal(2, registry.FeatureViewVersionHistory.Records.Count);
        Assert.Equal("featureView", registry.FeatureServices.Single().Spec.Features[0].ViewType);
    }

    [Fact]
    public async Task A_changed_view_keeps_its_creation_time_and_its_materializations()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var store = Store(clock);
        await store.ApplyAsync(Definitions(), Token);
        await store.Registry.UpdateAsync(
            registry =>
            {
                registry.FeatureViews[0].Meta.MaterializationIntervals.Add(new Feast.Protos.Core.MaterializationInterval());
                return true;
            },
            Token);
        clock.Advance(TimeSpan.FromDays(1));

        var changed = await store.ApplyAsync(Definitions(new Field("extra", ValueType.Int64)), Token);

        var view = store.Registry.Load().FeatureViews.Single(each => each.Spec.Name == "activity");
        Assert.Equal(["feature view activity", "feature service all"], changed);
        Assert.Equal(TimeSpan.FromDays(1), view.Meta.LastUpdatedTimestamp.ToDateTimeOffset() - view.Meta.CreatedTimestamp.ToDateTimeOffset());
        Assert.Single(view.Meta.MaterializationIntervals);
    }

    [Fact]
    public async Task A_reader_sees_a_change_at_its_next_read()
    {
        await using var writer = Store();
        await using var reader = Store();
        await writer.ApplyAsync(Definitions(), Token);
        Assert.Null(reader.Catalog.View("activity").FindFeature("extra"));
        var before = reader.SchemaHash("activity");

        await writer.ApplyAsync(Definitions(new Field("extra", ValueType.Int64)), Token);

        Assert.NotNull(reader.Catalog.View("activity").FindFeature("extra"));
        Assert.NotEqual(before, reader.SchemaHash("activity"));
    }

    [Fact]
    public async Task Concurrent_writers_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var store = new FeatureStore(new FeatureStoreOptions($"project{i}", File, _folder));
            await store.ApplyAsync(Definitions(), Token);
        }));

        Assert.Equal(8, new RegistryStore(File).Load().Projects.Count);
    }

    [Fact]
    public async Task A_registry_cut_in_half_is_an_error_that_names_the_file()
    {
        var bytes = Registries().First().Bytes;
        await System.IO.File.WriteAllBytesAsync(File, bytes.AsMemory(0, (bytes.Length / 2) + 1), Token);
        await using var store = Store();

        var error = Assert.Throws<FeastException>(() => store.Catalog);

        Assert.Equal(FeastError.Registry, error.Error);
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_definitions_are_refused_by_name_and_leave_the_registry_alone()
    {
        await using var store = Store();
        var files = new FileSource("f", "f");
        FeatureDefinitions With(FeatureView view) => new() { Views = [view], Entities = [new Entity("user") { JoinKey = "user_id" }] };
        (FeatureDefinitions Definitions, string Message)[] broken =
        [
            (With(new FeatureView("v", files)), "feature view 'v' has no features"),
            (With(new FeatureView("v:w", files) { Schema = [new Field("a", ValueType.Int64)] }), "must not be empty or hold ':'"),
            (With(new FeatureView("v", files) { Schema = [new Field("a", ValueType.Int64), new Field("a", ValueType.Int64)] }), "'a' is declared twice"),
            (With(new FeatureView("v", files) { Schema = [new Field("a", ValueType.Invalid)] }), "'v:a' has the type Invalid"),
            (With(new FeatureView("v", files) { Entities = ["nobody"], Schema = [new Field("a", ValueType.Int64)] }), "the entity 'nobody', which is not declared"),
            (With(new FeatureView("v", files) { Entities = ["user"], Schema = [new Field("user_id", ValueType.Int64)] }), "has the name of a join key"),
            (new FeatureDefinitions { Entities = [new Entity("e", ValueType.Double)] }, "entity 'e' has a key of type Double"),
            (new FeatureDefinitions { Services = [new FeatureService("s", [new ViewSelection("gone", ["a"])])] }, "names the feature view 'gone'"),
        ];

        foreach (var (definitions, message) in broken)
        {
            var error = await Assert.ThrowsAsync<FeastException>(() => store.ApplyAsync(definitions, Token));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }

        Assert.False(store.Registry.Exists);
    }

    [Theory]
    [InlineData("_demo")]
    [InlineData("-demo")]
    [InlineData("de mo")]
    [InlineData("")]
    public void A_project_name_that_Feast_refuses_is_refused(string project) =>
        Assert.Throws<FeastException>(() => new FeatureStore(new FeatureStoreOptions(project, File, _folder)));

    private FeatureStore Store(TimeProvider? time = null) => new(new FeatureStoreOptions("demo", File, _folder), time);

    private static FeatureDefinitions Definitions(params Field[] more)
    {
        var activity = new FeatureView("activity", new PushSource("activity_push", new FileSource("activity_files", "activity")))
        {
            Entities = ["user"],
            Schema = [new Field("count", ValueType.Int64), .. more],
        };
        var world = new FeatureView("world", new FileSource("world_files", "world")) { Schema = [new Field("load", ValueType.Double)] };
        return new FeatureDefinitions
        {
            Entities = [new Entity("user") { JoinKey = "user_id" }],
            Views = [activity, world],
            Services = [new FeatureService("all", [activity.All(), world.All()])],
        };
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Registries() =>
        Shared.SelectMany(Vectors.Cases).Concat(Vectors.Load("registry-content", "feast-server").GetProperty("cases").EnumerateArray())
            .Select(vector => (vector.Text("name"), vector.Hex("file_hex")));
}
