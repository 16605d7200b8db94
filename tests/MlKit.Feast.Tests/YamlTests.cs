using MlKit.Feast;

namespace MlKit.Tests;

public sealed class YamlTests
{
    [Fact]
    public void A_project_of_Feast_gives_the_places_of_its_parts()
    {
        var options = FeatureStoreYaml.Parse(
            """
            project: movie_rec
            provider: local
            registry:
              path: data/registry.db
              cache_ttl_seconds: 60
            online_store:
              type: redis
              connection_string: localhost:6379,db=1
              key_ttl_seconds: 3600
              skip_dedup: true
            entity_key_serialization_version: 2
            materialization: {online_write_batch_size: 500}
            """,
            "/repo");

        Assert.Equal(("movie_rec", Path.GetFullPath("/repo/data/registry.db"), "/repo"), (options.Project, options.RegistryPath, options.OfflinePath));
        Assert.Equal("localhost:6379,db=1", options.Redis);
        Assert.Equal(
            new OnlineStoreOptions { EntityKeyVersion = 2, KeyTtl = TimeSpan.FromHours(1), SkipDedup = true, BatchSize = 500 }, options.Online);
    }

    [Theory]
    [InlineData("registry: r.db", "feature_store.yaml has no 'project'")]
    [InlineData("project: p", "feature_store.yaml has no 'registry'")]
    [InlineData("project: p\nregistry: r.db\nonline_store: {type: dynamodb}", "feature_store.yaml: online_store.type is 'dynamodb'; allowed are redis and none")]
    [InlineData("project: p\nregistry: r.db\nonline_store: {type: redis, colour: red}", "feature_store.yaml: online_store has the unknown key 'colour'")]
    [InlineData("project: p\nregistry: {registry_type: sql, path: x}", "feature_store.yaml: registry.registry_type is 'sql'; allowed is file")]
    [InlineData("project: p\nregistry: r.db\nonline_store: {type: redis, key_ttl_seconds: soon}", "feature_store.yaml: key_ttl_seconds is 'soon'; allowed is a whole number above 0")]
    [InlineData("project: [", "feature_store.yaml line")]
    [InlineData("project: p\nregistry: {path: r.db, colour: red}", "feature_store.yaml: registry has the unknown key 'colour'")]
    [InlineData("project: p\nregistry: {path: r.db, enable_online_feature_view_versioning: yes}", "feature_store.yaml: registry.enable_online_feature_view_versioning is true")]
    [InlineData("project: p\nregistry: r.db\nonline_store: none\noffline_store: bigquery", "feature_store.yaml: offline_store.type is 'bigquery'; allowed are dask, file and duckdb")]
    [InlineData("project: p\nregistry: r.db\nonline_store: none\noffline_store: {type: duckdb, dataset: x}", "feature_store.yaml: offline_store has the unknown key 'dataset'")]
    [InlineData("project: p\nregistry: r.db\nonline_store: none\nauth: {type: oidc}", "feature_store.yaml: auth.type is 'oidc'; allowed is no_auth")]
    [InlineData("project: p\nregistry: r.db\nonline_store: none\nentity_key_serialization_version: 1", "feature_store.yaml: entity_key_serialization_version is '1'")]
    [InlineData("project: p\nregistry: r.db\nonline_store: {type: redis, skip_dedup: maybe}", "feature_store.yaml: skip_dedup is 'maybe'; allowed are true and false")]
    public void What_there_is_not_is_named(string yaml, string message) =>
        Assert.StartsWith(message, Assert.Throws<FeastException>(() => FeatureStoreYaml.Parse(yaml, ".")).Message, StringComparison.Ordinal);

    [Fact]
    public void Variables_of_the_environment_are_filled_in_and_unknown_ones_stay()
    {
        Environment.SetEnvironmentVariable("MLKIT_YAML_TEST", "redis.example:6380");
        var options = FeatureStoreYaml.Parse(
            "project: p\nregistry: s3://bucket/$MLKIT_UNKNOWN/r.db\nonline_store: {type: redis, connection_string: '${MLKIT_YAML_TEST}'}", ".");
        Assert.Equal(("redis.example:6380", "s3://bucket/$MLKIT_UNKNOWN/r.db"), (options.Redis, options.RegistryPath));
    }
}
