using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class ExpressionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_interpolated_string_keeps_format_and_values()
    {
        var endpoint = Model.Run(_folder).AddContainer("c1", "nginx").WithHttpEndpoint(targetPort: 80).GetEndpoint("http");
        var expression = ReferenceExpression.Create($"http://{endpoint.Property(EndpointProperty.HostAndPort)}/x");
        Assert.Equal("http://{0}/x", expression.Format);
        Assert.Equal("http://{c1.bindings.http.host}:{c1.bindings.http.port}/x", expression.ValueExpression);
    }

    [Fact]
    public async Task Braces_of_literals_and_of_values_survive()
    {
        var parameter = Model.Run(_folder).AddParameter("p", "a{0}b}");
        var expression = ReferenceExpression.Create($"{{\"key\":\"{parameter}\"}}");
        Assert.Equal("{\"key\":\"a{0}b}\"}", await expression.GetValueAsync(Token));
        Assert.Equal("{\"key\":\"{p.value}\"}", expression.ValueExpression);
    }

    [Fact]
    public async Task A_uri_format_encodes_values_and_literals()
    {
        var parameter = Model.Run(_folder).AddParameter("p", "a@b/c");
        var expression = ReferenceExpression.Create($"x://{parameter:uri}@{"h ost":uri}");
        Assert.Equal("x://a%40b%2Fc@h%20ost", await expression.GetValueAsync(Token));
    }

    [Fact]
    public void Another_format_is_refused()
    {
        var parameter = Model.Run(_folder).AddParameter("p", "a");
        Assert.Throws<FormatException>(() => ReferenceExpression.Create($"{parameter:base64}"));
    }

    [Theory]
    [InlineData("YES", "on")]
    [InlineData("no", "off")]
    public async Task A_choice_compares_without_regard_to_case(string value, string expected)
    {
        var parameter = Model.Run(_folder).AddParameter("p", value);
        var choice = ReferenceExpression.CreateConditional(
            parameter.Resource, "yes", ReferenceExpression.Create($"on"), ReferenceExpression.Create($"off"));
        Assert.True(choice.IsConditional);
        Assert.Equal(expected, await choice.GetValueAsync(Token));
    }

    [Fact]
    public async Task A_builder_composes_piecewise()
    {
        var parameter = Model.Run(_folder).AddParameter("p", "1");
        var builder = new ReferenceExpressionBuilder();
        Assert.True(builder.IsEmpty);
        builder.Append($"a={parameter};");
        builder.AppendLiteral("b={};");
        builder.AppendValueProvider(parameter, "uri");
        Assert.Equal("a=1;b={};1", await builder.Build().GetValueAsync(Token));
    }

    [Fact]
    public async Task The_empty_expression_has_no_value() => Assert.Null(await ReferenceExpression.Empty.GetValueAsync(Token));

    [Fact]
    public async Task A_value_waits_for_the_address()
    {
        var server = Model.Run(_folder).AddExecutable("server", "sh", ".").WithHttpEndpoint();
        var endpoint = server.GetEndpoint("http");
        var url = endpoint.GetValueAsync(Token).AsTask();
        Assert.False(url.IsCompleted);
        Assert.False(endpoint.IsAllocated);
        Assert.Throws<InvalidOperationException>(() => endpoint.Url);
        server.Allocate(4321);
        Assert.Equal("http://localhost:4321", await url);
        Assert.Equal(4321, endpoint.Port);
    }

    [Theory]
    [InlineData(EndpointProperty.Url, "https://localhost:9000")]
    [InlineData(EndpointProperty.Host, "localhost")]
    [InlineData(EndpointProperty.IPV4Host, "127.0.0.1")]
    [InlineData(EndpointProperty.Port, "9000")]
    [InlineData(EndpointProperty.Scheme, "https")]
    [InlineData(EndpointProperty.TargetPort, "443")]
    [InlineData(EndpointProperty.HostAndPort, "localhost:9000")]
    [InlineData(EndpointProperty.TlsEnabled, "True")]
    public async Task Each_part_of_an_address_is_a_value(EndpointProperty property, string expected)
    {
        var server = Model.Run(_folder).AddExecutable("server", "sh", ".").WithHttpsEndpoint(targetPort: 443).Allocate(9000);
        Assert.Equal(expected, await server.GetEndpoint("https").Property(property).GetValueAsync(Token));
    }

    [Fact]
    public void Declaring_an_endpoint_again_changes_it()
    {
        var server = Model.Run(_folder).AddExecutable("server", "sh", ".").WithHttpEndpoint(port: 80, targetPort: 8080).WithHttpEndpoint(port: 81);
        var endpoint = Assert.Single(server.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal((81, 8080, "http", "http"), (endpoint.Port, endpoint.TargetPort, endpoint.Name, endpoint.Transport));
    }

    [Fact]
    public void An_endpoint_takes_its_name_from_its_scheme_and_that_from_its_protocol()
    {
        var server = Model.Run(_folder).AddExecutable("server", "sh", ".").WithEndpoint(targetPort: 1).WithEndpoint(scheme: "redis");
        Assert.Equal(
            [("tcp", "tcp", "tcp"), ("redis", "redis", "tcp")],
            server.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => (e.Name, e.UriScheme, e.Transport)));
    }

    [Fact]
    public void Only_the_http_endpoints_that_exist_become_external()
    {
        var server = Model.Run(_folder).AddExecutable("server", "sh", ".")
            .WithHttpEndpoint().WithEndpoint(name: "tcp").WithExternalHttpEndpoints().WithHttpsEndpoint();
        Assert.Equal([true, false, false], server.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.IsExternal));
    }
}
