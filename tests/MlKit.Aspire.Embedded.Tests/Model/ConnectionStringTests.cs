using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class ConnectionStringTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Redis_gives_its_connection_string_and_its_parts()
    {
        var builder = Model.Run(_folder);
        var redis = builder.AddRedis("cache", password: builder.AddParameter("pw", "p@ss/1")).Allocate(6379);
        var client = builder.AddExecutable("client", "sh", ".").WithReference(redis);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ConnectionStrings__cache"] = "localhost:6379,password=p@ss/1",
                ["CACHE_HOST"] = "localhost",
                ["CACHE_PORT"] = "6379",
                ["CACHE_PASSWORD"] = "p@ss/1",
                ["CACHE_URI"] = "redis://:p%40ss%2F1@localhost:6379",
            },
            await Model.EnvironmentOf(client));
    }

    [Fact]
    public async Task A_database_gives_the_parts_of_its_server_and_its_own()
    {
        var builder = Model.Run(_folder);
        var database = builder.AddPostgres("pg", password: builder.AddParameter("pw", "a b")).Allocate(5432).AddDatabase("features", "feature_store");
        var client = builder.AddExecutable("client", "sh", ".").WithReference(database);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ConnectionStrings__features"] = "Host=localhost;Port=5432;Username=postgres;Password=a b;Database=feature_store",
                ["FEATURES_HOST"] = "localhost",
                ["FEATURES_PORT"] = "5432",
                ["FEATURES_USERNAME"] = "postgres",
                ["FEATURES_PASSWORD"] = "a b",
                ["FEATURES_URI"] = "postgresql://postgres:a%20b@localhost:5432/feature_store",
                ["FEATURES_JDBCCONNECTIONSTRING"] = "jdbc:postgresql://localhost:5432/feature_store",
                ["FEATURES_DATABASENAME"] = "feature_store",
            },
            await Model.EnvironmentOf(client));
    }

    [Fact]
    public async Task A_name_that_shells_cannot_hold_is_given_in_a_portable_form_too()
    {
        var builder = Model.Run(_folder, "--ConnectionStrings:my-db", "x");
        var client = builder.AddExecutable("client", "sh", ".").WithReference(builder.AddConnectionString("my-db"));
        Assert.Equal(["ConnectionStrings__my-db", "ConnectionStrings__my_db"], (await Model.EnvironmentOf(client)).Keys);
    }

    [Fact]
    public async Task A_variable_that_the_resource_names_is_the_only_one()
    {
        var builder = Model.Run(_folder, "--ConnectionStrings:my-db", "x");
        var client = builder.AddExecutable("client", "sh", ".").WithReference(builder.AddConnectionString("my-db", "DATABASE_URL"));
        Assert.Equal(new Dictionary<string, string> { ["DATABASE_URL"] = "x" }, await Model.EnvironmentOf(client));
    }

    [Fact]
    public void Two_names_with_one_portable_form_are_refused_in_one_consumer()
    {
        var builder = Model.Run(_folder);
        var database = builder.AddConnectionString("db");
        var client = builder.AddExecutable("client", "sh", ".").WithReference(database, "my-db");
        var refused = Assert.Throws<DistributedApplicationException>(() => client.WithReference(database, "my_db"));
        Assert.Contains("ConnectionStrings__my_db", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_connection_string_fails_unless_it_is_optional()
    {
        var builder = Model.Run(_folder);
        var database = builder.AddConnectionString("db");
        await Assert.ThrowsAsync<MissingParameterValueException>(() =>
            Model.EnvironmentOf(builder.AddExecutable("a", "sh", ".").WithReference(database)));
        var optional = await Model.EnvironmentOf(builder.AddExecutable("b", "sh", ".").WithReference(database, optional: true));
        Assert.Null(optional["ConnectionStrings__db"]);
    }

    [Fact]
    public async Task A_composed_connection_string_is_composed_of_live_values()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddExecutable("server", "sh", ".").WithEndpoint(name: "tcp").Allocate(1234);
        var composed = builder.AddConnectionString("store", ReferenceExpression.Create($"tcp={server.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}"));
        var client = builder.AddExecutable("client", "sh", ".").WithReference(composed);
        Assert.Equal("tcp=localhost:1234", (await Model.EnvironmentOf(client))["ConnectionStrings__store"]);
    }

    [Fact]
    public async Task Published_references_are_expressions()
    {
        var builder = Model.Publish(_folder);
        var redis = builder.AddRedis("cache");
        var client = builder.AddContainer("client", "nginx").WithReference(redis);
        var environment = await Model.EnvironmentOf(client);
        Assert.Equal("{cache.connectionString}", environment["ConnectionStrings__cache"]);
        Assert.Equal("{cache.bindings.tcp.host}", environment["CACHE_HOST"]);
        Assert.Equal("{cache-password.value}", environment["CACHE_PASSWORD"]);
    }

    [Fact]
    public async Task Redis_is_started_with_its_password_and_how_often_it_saves()
    {
        var redis = Model.Run(_folder).AddRedis("cache").WithDataVolume("data").WithPersistence(TimeSpan.FromSeconds(30), 5);
        Assert.Equal(["-c", "redis-server --requirepass $REDIS_PASSWORD --save 30 5"], await Model.ArgumentsOf(redis));
        Assert.Equal(22, (await Model.EnvironmentOf(redis))["REDIS_PASSWORD"].Length);
        Assert.True(redis.Resource.TryGetContainerImageName(out var image));
        Assert.Equal("docker.io/library/redis:8.6", image);
    }
}
