namespace MlKit.Aspire.Vocabulary;

public sealed class ReferenceTests
{
    [Fact]
    public async Task WithReference_gives_addresses_connection_strings_and_urls()
    {
        using var model = Model.Run("--ConnectionStrings:db", "Host=x");
        var server = model.Project("server").WithHttpEndpoint().WithEndpoint(name: "grpc").Allocate(5000);
        var plain = model.Program("plain").WithHttpEndpoint().Allocate(6000);
        var outside = model.Builder.AddExternalService("outside", "https://outside.example/");
        var client = model.Program("client")
            .WithReference(server)
            .WithReference(server, "alias")
            .WithReference(plain.GetEndpoint("http"))
            .WithReference(model.Builder.AddConnectionString("db"))
            .WithReference("docs", new Uri("https://docs.example/"))
            .WithReference(outside);

        var environment = await client.EnvironmentAsync();

        Assert.Equal("http://localhost:5000", environment["services__server__http__0"]);
        Assert.Equal("tcp://localhost:5001", environment["services__server__grpc__0"]);
        Assert.Equal("http://localhost:5000", environment["SERVER_HTTP"]);
        Assert.Equal("http://localhost:5000", environment["services__alias__http__0"]);
        Assert.Equal("http://localhost:6000", environment["services__plain__http__0"]);
        Assert.Equal("Host=x", environment["ConnectionStrings__db"]);
        Assert.Equal("https://docs.example/", environment["services__docs__default__0"]);
        Assert.Equal("https://outside.example/", environment["services__outside__https__0"]);
    }

    [Fact]
    public async Task WithReference_is_an_expression_when_published()
    {
        using var model = Model.Publish();
        var server = model.Container("server").WithHttpEndpoint(targetPort: 80);
        var client = model.Container("client").WithReference(server.GetEndpoint("http"));
        Assert.Equal("{server.bindings.http.url}", (await client.EnvironmentAsync())["services__server__http__0"]);
    }

    [Fact]
    public async Task WithReferenceEnvironment_chooses_which_variables_a_reference_gives()
    {
        using var model = Model.Run();
        var server = model.Project("server").WithHttpEndpoint().Allocate(5000);
        var client = model.Program("client").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery).WithReference(server);
        Assert.Equal(["services__server__http__0"], (await client.EnvironmentAsync()).Keys);
    }

    [Fact]
    public void WithReferenceRelationship_notes_what_a_resource_an_expression_or_a_builder_refers_to()
    {
        using var model = Model.Run();
        var (a, b, c) = (model.Program("a"), model.Builder.AddParameter("b", "1"), model.Program("c"));
        var user = model.Program("user").WithReferenceRelationship(a.Resource).WithReferenceRelationship(ReferenceExpression.Create($"{b}")).WithReferenceRelationship(c);
        Assert.Equal(["a", "b", "c"], user.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(r => r.Type == "Reference").Select(r => r.Resource.Name));
    }

    [Fact]
    public void WithRelationship_takes_a_resource_or_its_builder_and_a_type()
    {
        using var model = Model.Run();
        var other = model.Program("other");
        var user = model.Program("user").WithRelationship(other.Resource, "Uses").WithRelationship(other, "Likes");
        Assert.Equal(["Uses", "Likes"], user.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => r.Type));
    }

    [Fact]
    public void WithParentRelationship_puts_a_resource_below_another()
    {
        using var model = Model.Run();
        var parent = model.Program("parent");
        var child = model.Program("child").WithParentRelationship(parent);
        Assert.Equal(("Parent", parent.Resource), (child.Last<ResourceRelationshipAnnotation>().Type, child.Last<ResourceRelationshipAnnotation>().Resource));
    }

    [Fact]
    public void WithChildRelationship_puts_another_resource_below_this_one()
    {
        using var model = Model.Run();
        var child = model.Program("child");
        var parent = model.Program("parent").WithChildRelationship(child);
        Assert.Equal(("Parent", (IResource)parent.Resource), (child.Last<ResourceRelationshipAnnotation>().Type, child.Last<ResourceRelationshipAnnotation>().Resource));
    }

    [Fact]
    public async Task WithConnectionStringRedirection_gives_the_connection_string_of_another_resource()
    {
        using var model = Model.Run("--ConnectionStrings:real", "Real=1");
        var real = model.Builder.AddConnectionString("real");
        var cache = model.Builder.AddRedis("cache").WithConnectionStringRedirection(real.Resource);
        Assert.Equal("Real=1", (await model.Program().WithReference(cache).EnvironmentAsync())["ConnectionStrings__cache"]);
    }

    [Fact]
    public async Task WithConnectionProperty_adds_a_part_that_consumers_get()
    {
        using var model = Model.Run();
        var store = model.Builder.AddConnectionString("store", ReferenceExpression.Create($"a=1"))
            .WithConnectionProperty("Region", "north").WithConnectionProperty("Zone", ReferenceExpression.Create($"z{1.ToString()}"));
        var environment = await model.Program().WithReference(store).EnvironmentAsync();
        Assert.Equal(("north", "z1"), (environment["STORE_REGION"], environment["STORE_ZONE"]));
    }

    [Fact]
    public async Task AddConnectionString_reads_the_configuration_or_composes()
    {
        using var model = Model.Run("--ConnectionStrings:given", "G=1");
        var given = model.Builder.AddConnectionString("given", "GIVEN_URL");
        var composed = model.Builder.AddConnectionString("composed", ReferenceExpression.Create($"A={model.Builder.AddParameter("p", "x")}"));
        var built = model.Builder.AddConnectionString("built", expression => expression.AppendLiteral("B=2"));
        var environment = await model.Program().WithReference(given).WithReference(composed).WithReference(built).EnvironmentAsync();
        Assert.Equal(("G=1", "A=x", "B=2"), (environment["GIVEN_URL"], environment["ConnectionStrings__composed"], environment["ConnectionStrings__built"]));
    }

    [Fact]
    public async Task AddExternalService_takes_an_address_or_a_parameter_and_refuses_a_path()
    {
        using var model = Model.Run();
        var url = model.Builder.AddParameter("url", "http://by-parameter.example/");
        var program = model.Program()
            .WithReference(model.Builder.AddExternalService("text", "https://text.example/"))
            .WithReference(model.Builder.AddExternalService("uri", new Uri("https://uri.example/")))
            .WithReference(model.Builder.AddExternalService("parameter", url));
        var environment = await program.EnvironmentAsync();
        Assert.Equal("https://text.example/", environment["services__text__https__0"]);
        Assert.Equal("https://uri.example/", environment["services__uri__https__0"]);
        Assert.Equal("http://by-parameter.example/", environment["services__parameter__http__0"]);
        Assert.Throws<ArgumentException>(() => model.Builder.AddExternalService("path", "https://x.example/a"));
    }
}
