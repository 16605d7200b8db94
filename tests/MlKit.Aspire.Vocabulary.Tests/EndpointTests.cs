using System.Net.Sockets;

namespace MlKit.Aspire.Vocabulary;

public sealed class EndpointTests
{
    [Fact]
    public async Task WithEndpoint_declares_edits_and_passes_the_port_on()
    {
        using var model = Model.Run();
        var program = model.Program()
            .WithEndpoint(port: 100, targetPort: 200, scheme: "redis", name: "db", env: "PORT")
            .WithEndpoint("db", endpoint => endpoint.IsExternal = true)
            .WithEndpoint("new", endpoint => endpoint.Port = 5)
            .WithEndpoint("absent", _ => Assert.Fail("there is none"), createIfNotExists: false)
            .WithEndpoint(port: 300, targetPort: 400, scheme: "udp", name: "udp", env: null, isProxied: false, isExternal: null, protocol: ProtocolType.Udp)
            .WithEndpoint(port: 1, targetPort: 2, scheme: "x", name: "five", env: null, isProxied: (bool?)true, isExternal: true)
            .WithEndpoint(port: 3, targetPort: 4, scheme: "x", name: "six", env: null, isProxied: false, isExternal: true);
        var db = program.Endpoint("db");
        Assert.Equal((100, 200, "redis", "tcp", true, true), (db.Port, db.TargetPort, db.UriScheme, db.Transport, db.IsExternal, db.IsProxied));
        Assert.Equal((5, ProtocolType.Udp, false), (program.Endpoint("new").Port, program.Endpoint("udp").Protocol, program.Endpoint("udp").IsProxied));
        Assert.Equal((true, true, false), (program.Endpoint("five").IsProxied, program.Endpoint("five").IsExternal, program.Endpoint("six").IsProxied));
        Assert.Equal("200", (await program.Allocate(1).EnvironmentAsync())["PORT"]);
    }

    [Fact]
    public void WithHttpEndpoint_is_named_by_its_scheme_and_a_second_call_changes_it()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(port: 8080).WithHttpEndpoint(1, 2, "third", null, false);
        Assert.Equal(("http", "http", 8080), (program.Endpoint("http").UriScheme, program.Endpoint("http").Transport, program.Endpoint("http").Port));
        Assert.False(program.Endpoint("third").IsProxied);
    }

    [Fact]
    public void WithHttpsEndpoint_speaks_TLS()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpsEndpoint(port: 443).WithHttpsEndpoint(1, 2, "second", null, false);
        Assert.Equal(("https", true, 443), (program.Endpoint("https").UriScheme, program.Endpoint("https").TlsEnabled, program.Endpoint("https").Port));
        Assert.False(program.Endpoint("second").IsProxied);
    }

    [Fact]
    public void WithExternalHttpEndpoints_marks_those_that_exist_now()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint().WithEndpoint(name: "tcp").WithExternalHttpEndpoints().WithHttpsEndpoint();
        Assert.Equal([true, false, false], program.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.IsExternal));
    }

    [Fact]
    public void WithEndpointProxySupport_says_it_for_all_endpoints()
    {
        using var model = Model.Run();
        var container = model.Container().WithHttpEndpoint(targetPort: 80).WithEndpointProxySupport(false);
        var program = model.Program().WithHttpEndpoint();
        ((IResourceBuilder<IResourceWithEndpoints>)program).WithEndpointProxySupport(false);
        Assert.False(container.Endpoint("http").IsProxied);
        Assert.False(program.Endpoint("http").IsProxied);
    }

    [Fact]
    public void AsHttp2Service_changes_what_http_endpoints_speak()
    {
        using var model = Model.Run();
        Assert.Equal("http2", model.Program().WithHttpEndpoint().AsHttp2Service().Endpoint("http").Transport);
    }

    [Fact]
    public void GetEndpoint_may_come_before_the_endpoint_and_before_its_address()
    {
        using var model = Model.Run();
        var program = model.Program();
        var reference = program.GetEndpoint("http");
        Assert.False(reference.Exists);
        program.WithHttpEndpoint();
        Assert.False(program.GetEndpoint("http").IsAllocated);
        Assert.Throws<InvalidOperationException>(() => program.GetEndpoint("http").Port);
        program.Allocate(4000);
        Assert.Equal("http://localhost:4000", program.GetEndpoint("http").Url);
        Assert.Equal("http://localhost:4000", program.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork).Url);
    }

    [Fact]
    public void GetConnectionProperty_finds_a_part()
    {
        using var model = Model.Publish();
        var redis = model.Builder.AddRedis("cache").Resource;
        Assert.Equal("{cache.bindings.tcp.host}", redis.GetConnectionProperty("Host").ValueExpression);
        Assert.Equal("{cache-password.value}", redis.GetConnectionProperty("Password").ValueExpression);
    }

    [Fact]
    public async Task WithUrl_and_its_callbacks_change_what_is_shown_only()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint().Allocate(80).WithUrl("https://a.example/", "A").WithUrl($"{"https"}://b.example/").WithUrl(ReferenceExpression.Create($"https://c.example/"));
        Assert.Equal(["https://a.example/", "https://b.example/", "https://c.example/"], await UrlsAsync(program));
    }

    [Fact]
    public async Task WithUrls_sees_and_changes_all_urls()
    {
        using var model = Model.Run();
        var program = model.Program().WithUrl("https://a.example/").WithUrls(context => context.Urls.Clear()).WithUrls(context =>
        {
            context.Urls.Add(new ResourceUrlAnnotation { Url = "https://b.example/" });
            return Task.CompletedTask;
        });
        Assert.Equal(["https://b.example/"], await UrlsAsync(program));
    }

    [Fact]
    public async Task WithUrlForEndpoint_changes_or_adds_one()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint().Allocate(80).WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = endpoint.Url + "/docs" });
        program.WithUrlForEndpoint("http", url => url.DisplayText = "Docs");
        Assert.Contains("http://localhost:80/docs", await UrlsAsync(program));
    }

    private static async Task<IEnumerable<string>> UrlsAsync(IResourceBuilder<IResource> builder)
    {
        var urls = builder.Resource.Annotations.OfType<ResourceUrlAnnotation>().ToList();
        var context = new ResourceUrlsCallbackContext(builder.ApplicationBuilder.ExecutionContext, builder.Resource, urls, TestContext.Current.CancellationToken);
        foreach (var callback in builder.Resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return context.Urls.Select(u => u.Url);
    }
}
