using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class ReferenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_project_is_found_by_service_discovery_and_by_plain_variables()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddDotnetProject("ml-flow", "server.csproj").WithHttpEndpoint().WithHttpEndpoint(name: "grpc").WithHttpsEndpoint().Allocate(7000);
        var client = builder.AddExecutable("client", "sh", ".").WithReference(server);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["services__ml-flow__http__0"] = "http://localhost:7000",
                ["services__ml-flow__grpc__0"] = "http://localhost:7001",
                ["services__ml-flow__https__0"] = "https://localhost:7002",
                ["ML_FLOW_HTTP"] = "http://localhost:7000",
                ["ML_FLOW_GRPC"] = "http://localhost:7001",
                ["ML_FLOW_HTTPS"] = "https://localhost:7002",
            },
            await Model.EnvironmentOf(client));
    }

    [Fact]
    public async Task An_alias_keeps_its_case()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddDotnetProject("server", "server.csproj").WithHttpEndpoint().Allocate(7000);
        var client = builder.AddExecutable("client", "sh", ".").WithReference(server, "Tracking");
        Assert.Equal(["Tracking_HTTP", "services__Tracking__http__0"], (await Model.EnvironmentOf(client)).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_endpoint_is_referred_to_without_the_others()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddExecutable("server", "sh", ".").WithHttpEndpoint().WithEndpoint(name: "metrics", scheme: "http").Allocate(7000);
        var client = builder.AddExecutable("client", "sh", ".").WithReference(server.GetEndpoint("metrics"));
        Assert.Equal(
            new Dictionary<string, string> { ["services__server__metrics__0"] = "http://localhost:7001", ["SERVER_METRICS"] = "http://localhost:7001" },
            await Model.EnvironmentOf(client));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_declared_is_named_with_those_that_are()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddExecutable("server", "sh", ".").WithHttpEndpoint();
        var client = builder.AddExecutable("client", "sh", ".").WithReference(server.GetEndpoint("grpc"));
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => Model.EnvironmentOf(client));
        Assert.Contains("`grpc`", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Defined: http", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_address_is_found_by_its_name()
    {
        var client = Model.Run(_folder).AddExecutable("client", "sh", ".").WithReference("search", new Uri("https://search.example"));
        Assert.Equal(
            new Dictionary<string, string> { ["services__search__default__0"] = "https://search.example/", ["search"] = "https://search.example/" },
            await Model.EnvironmentOf(client));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("https://search.example/path")]
    public void A_fixed_address_must_be_absolute_and_without_a_path(string uri)
    {
        var client = Model.Run(_folder).AddExecutable("client", "sh", ".");
        Assert.Throws<InvalidOperationException>(() => client.WithReference("search", new Uri(uri, UriKind.RelativeOrAbsolute)));
    }

    [Fact]
    public async Task An_external_service_is_found_by_its_scheme()
    {
        var builder = Model.Run(_folder);
        var client = builder.AddExecutable("client", "sh", ".").WithReference(builder.AddExternalService("search", "https://search.example/"));
        Assert.Equal(
            new Dictionary<string, string> { ["services__search__https__0"] = "https://search.example/", ["SEARCH"] = "https://search.example/" },
            await Model.EnvironmentOf(client));
    }

    [Fact]
    public async Task An_external_service_of_a_parameter_is_found_by_the_scheme_of_its_value()
    {
        var builder = Model.Run(_folder, "--Parameters:url", "http://search.example");
        var client = builder.AddExecutable("client", "sh", ".").WithReference(builder.AddExternalService("search", builder.AddParameter("url")));
        Assert.Equal(
            new Dictionary<string, string> { ["services__search__http__0"] = "http://search.example", ["SEARCH_HTTP"] = "http://search.example" },
            await Model.EnvironmentOf(client));
    }

    [Fact]
    public async Task Groups_of_variables_can_be_left_out()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddDotnetProject("server", "server.csproj").WithHttpEndpoint().Allocate(7000);
        var client = builder.AddExecutable("client", "sh", ".")
            .WithReference(server)
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery);
        Assert.Equal(["services__server__http__0"], (await Model.EnvironmentOf(client)).Keys);
    }

    [Fact]
    public void A_reference_is_shown_as_a_relation()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddDotnetProject("server", "server.csproj").WithHttpEndpoint();
        var client = builder.AddExecutable("client", "sh", ".").WithReference(server).WaitFor(server);
        Assert.Equal(
            [(server.Resource, "Reference"), (server.Resource, "WaitFor")],
            client.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => ((global::Aspire.Hosting.Dotnet.DotnetProjectResource)r.Resource, r.Type)));
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var builder = Model.Run(_folder);
        var client = builder.AddExecutable("client", "sh", ".");
        Assert.Throws<DistributedApplicationException>(() => client.WaitFor(client));
    }

    [Fact]
    public void A_wait_for_a_child_waits_for_its_parent_too()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddPostgres("pg");
        var client = builder.AddExecutable("client", "sh", ".").WaitFor(server.AddDatabase("db"));
        Assert.Equal(["pg", "db"], client.Resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource.Name));
    }
}
