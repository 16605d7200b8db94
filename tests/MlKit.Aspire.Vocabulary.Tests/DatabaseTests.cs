using Aspire.Hosting.Postgres;
using Aspire.Hosting.Redis;

namespace MlKit.Aspire.Vocabulary;

public sealed class DatabaseTests
{
    [Fact]
    public async Task AddPostgres_and_AddDatabase_give_their_connection_strings()
    {
        using var model = Model.Run();
        var server = model.Builder.AddPostgres("pg", model.Builder.AddParameter("user", "u"), model.Builder.AddParameter("pw", "p"), 5432).Allocate(5432);
        var database = server.AddDatabase("db", "data");
        var environment = await model.Program().WithReference(server).WithReference(database).EnvironmentAsync();
        Assert.Equal("Host=localhost;Port=5432;Username=u;Password=p", environment["ConnectionStrings__pg"]);
        Assert.Equal("Host=localhost;Port=5432;Username=u;Password=p;Database=data", environment["ConnectionStrings__db"]);
    }

    [Fact]
    public void AddDatabase_is_a_child_of_its_server()
    {
        using var model = Model.Run();
        var server = model.Builder.AddPostgres("pg");
        Assert.Same(server.Resource, server.AddDatabase("db").Resource.Parent);
        Assert.Equal("db", server.Resource.Databases["db"]);
    }

    [Fact]
    public async Task WithPassword_and_WithUserName_change_what_was_said_before()
    {
        using var model = Model.Run();
        var server = model.Builder.AddPostgres("pg").WithPassword(model.Builder.AddParameter("pw", "new")).WithUserName(model.Builder.AddParameter("user", "me")).Allocate(1);
        var redis = model.Builder.AddRedis("cache").WithPassword(null).Allocate(2);
        Assert.Equal("Host=localhost;Port=1;Username=me;Password=new", await server.Resource.GetConnectionStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("localhost:2", await redis.Resource.GetConnectionStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void WithUserName_keeps_the_parameter()
    {
        using var model = Model.Run();
        var user = model.Builder.AddParameter("user", "me");
        Assert.Same(user.Resource, model.Builder.AddPostgres("pg").WithUserName(user).Resource.UserNameParameter);
    }

    [Fact]
    public void WithHostPort_sets_what_callers_of_this_machine_use()
    {
        using var model = Model.Run();
        var redis = model.Builder.AddRedis("cache").WithHostPort(1).WithRedisCommander(c => c.WithHostPort(2)).WithRedisInsight(i => i.WithHostPort(3));
        var pg = model.Builder.AddPostgres("pg").WithHostPort(4).WithPgAdmin(a => a.WithHostPort(5)).WithPgWeb(w => w.WithHostPort(6));
        Assert.Equal([1, 2, 3, 4, 5, 6], model.Builder.Resources.OfType<ContainerResource>().SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).Select(e => e.Port ?? 0).Order());
        Assert.Equal((1, 4), (redis.Endpoint("tcp").Port, pg.Endpoint("tcp").Port));
    }

    [Fact]
    public void WithDataVolume_is_named_after_application_and_resource_where_no_name_is_given()
    {
        using var model = Model.Run();
        var named = model.Builder.AddPostgres("pg").WithDataVolume("mine").Last<ContainerMountAnnotation>();
        var generated = model.Builder.AddRedis("cache").WithDataVolume().Last<ContainerMountAnnotation>();
        model.Builder.AddRedis("other").WithRedisInsight(i => i.WithDataVolume("insight"));
        Assert.Equal("mine", named.Source);
        Assert.EndsWith("-cache-data", generated.Source, StringComparison.Ordinal);
        Assert.Contains(model.Builder.Resources.OfType<RedisInsightResource>().Single().Annotations.OfType<ContainerMountAnnotation>(), m => m.Source == "insight");
    }

    [Fact]
    public void WithDataBindMount_keeps_data_in_a_folder()
    {
        using var model = Model.Run();
        Assert.Equal(Path.Combine(model.Folder, "pg"), model.Builder.AddPostgres("pg").WithDataBindMount("pg").Last<ContainerMountAnnotation>().Source);
        Assert.Equal("/data", model.Builder.AddRedis("cache").WithDataBindMount("cache").Last<ContainerMountAnnotation>().Target);
        model.Builder.AddRedis("other").WithRedisInsight(i => i.WithDataBindMount("insight"));
        Assert.Contains(model.Builder.Resources.OfType<RedisInsightResource>().Single().Annotations.OfType<ContainerMountAnnotation>(), m => m.Type == ContainerMountType.BindMount);
    }

    [Fact]
    public void WithInitFiles_and_WithInitBindMount_run_scripts_at_the_first_start()
    {
        using var model = Model.Run();
        model.File("init/a.sql", "select 1");
        Assert.Equal("/docker-entrypoint-initdb.d", model.Builder.AddPostgres("a").WithInitFiles("init").Last<ContainerFileSystemCallbackAnnotation>().DestinationPath);
        Assert.True(model.Builder.AddPostgres("b").WithInitBindMount("init").Last<ContainerMountAnnotation>().IsReadOnly);
    }

    [Fact]
    public void WithInitBindMount_is_read_only_unless_said_otherwise()
    {
        using var model = Model.Run();
        Assert.False(model.Builder.AddPostgres("pg").WithInitBindMount("init", isReadOnly: false).Last<ContainerMountAnnotation>().IsReadOnly);
    }

    [Fact]
    public void WithCreationScript_keeps_the_last_script()
    {
        using var model = Model.Run();
        var database = model.Builder.AddPostgres("pg").AddDatabase("db");
        var count = database.Resource.Annotations.Count;
        database.WithCreationScript("create database one").WithCreationScript("create database two");
        Assert.Equal(count + 1, database.Resource.Annotations.Count);
    }

    [Fact]
    public void WithPgAdmin_is_one_page_for_all_servers_and_is_not_published()
    {
        using var model = Model.Run();
        model.Builder.AddPostgres("a").WithPgAdmin();
        model.Builder.AddPostgres("b").WithPgAdmin();
        Assert.True(Assert.Single(model.Builder.Resources.OfType<PgAdminContainerResource>()).IsExcludedFromPublish());
    }

    [Fact]
    public void WithPgWeb_may_have_a_name()
    {
        using var model = Model.Run();
        model.Builder.AddPostgres("a").WithPgWeb(containerName: "web");
        Assert.Equal("web", Assert.Single(model.Builder.Resources.OfType<PgWebContainerResource>()).Name);
    }

    [Fact]
    public async Task WithPostgresMcp_knows_the_database()
    {
        using var model = Model.Publish();
        model.Builder.AddPostgres("pg").AddDatabase("db").WithPostgresMcp();
        var mcp = Assert.Single(model.Builder.Resources.OfType<PostgresMcpContainerResource>());
        Assert.Contains("{pg.bindings.tcp.host}", (await model.Builder.CreateResourceBuilder(mcp).EnvironmentAsync())["DATABASE_URI"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddRedis_asks_for_a_password_and_saves_as_told()
    {
        using var model = Model.Run();
        var redis = model.Builder.AddRedis("cache", 6379, model.Builder.AddParameter("pw", "p")).WithPersistence(TimeSpan.FromSeconds(30), 5).WithModule("/m.so").Allocate(6379);
        Assert.Equal("localhost:6379,password=p", await redis.Resource.GetConnectionStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("--save 30 5", (await redis.ArgumentsAsync())[^1], StringComparison.Ordinal);
        Assert.Equal("redis", model.Builder.AddRedis("second", 1).Endpoint("tcp").UriScheme);
    }

    [Fact]
    public async Task WithPersistence_refuses_less_than_a_second()
    {
        using var model = Model.Run();
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Builder.AddRedis("cache").WithPersistence(TimeSpan.Zero));
        Assert.DoesNotContain("--save", (await model.Builder.AddRedis("plain").ArgumentsAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithModule_loads_modules_in_their_order()
    {
        using var model = Model.Run();
        Assert.EndsWith("--loadmodule /a.so --loadmodule /b.so", (await model.Builder.AddRedis("cache").WithModule("/a.so").WithModule("/b.so").ArgumentsAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithRedisCommander_knows_all_servers()
    {
        using var model = Model.Run();
        model.Builder.AddRedis("a").WithRedisCommander();
        model.Builder.AddRedis("b").WithPassword(null).WithRedisCommander();
        var commander = Assert.Single(model.Builder.Resources.OfType<RedisCommanderResource>());
        Assert.Matches("^a:a:6379:0:.+,b:b:6379:0$", (await model.Builder.CreateResourceBuilder(commander).EnvironmentAsync())["REDIS_HOSTS"]);
    }

    [Fact]
    public async Task WithRedisInsight_knows_all_servers()
    {
        using var model = Model.Run();
        model.Builder.AddRedis("a").WithRedisInsight();
        var insight = Assert.Single(model.Builder.Resources.OfType<RedisInsightResource>());
        Assert.Equal("a", (await model.Builder.CreateResourceBuilder(insight).EnvironmentAsync())["RI_REDIS_HOST1"]);
    }
}
