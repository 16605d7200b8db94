using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class EnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Callbacks_run_in_their_order_and_the_last_write_wins()
    {
        var resource = Model.Run(_folder).AddExecutable("x", "sh", ".")
            .WithEnvironment("A", "1")
            .WithEnvironment(context => context.EnvironmentVariables["A"] = context.EnvironmentVariables["A"] + "2")
            .WithEnvironment("B", () => "later")
            .WithEnvironment("C", (string?)null);
        var environment = await Model.EnvironmentOf(resource);
        Assert.Equal("12", environment["A"]);
        Assert.Equal("later", environment["B"]);
        Assert.Equal("", environment["C"]);
    }

    [Fact]
    public async Task Numbers_and_booleans_are_written_without_culture()
    {
        var resource = Model.Run(_folder).AddExecutable("x", "sh", ".").WithEnvironment(context =>
        {
            context.EnvironmentVariables["INT"] = 1234567;
            context.EnvironmentVariables["DOUBLE"] = 1.5;
            context.EnvironmentVariables["BOOL"] = true;
        });
        var environment = await Model.EnvironmentOf(resource);
        Assert.Equal(("1234567", "1.5", "true"), (environment["INT"], environment["DOUBLE"], environment["BOOL"]));
    }

    [Fact]
    public async Task A_value_of_another_kind_is_refused_with_the_kinds_allowed()
    {
        var resource = Model.Run(_folder).AddExecutable("x", "sh", ".")
            .WithEnvironment(context => context.EnvironmentVariables["LIST"] = new List<int>());
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => Model.EnvironmentOf(resource));
        Assert.Contains("'x'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_that_a_process_listens_on_goes_into_the_variable_that_the_endpoint_names()
    {
        var resource = Model.Run(_folder).AddExecutable("x", "sh", ".").WithHttpEndpoint(port: 80, targetPort: 8123, env: "PORT").Allocate(9000);
        Assert.Equal("8123", (await Model.EnvironmentOf(resource))["PORT"]);
    }

    [Fact]
    public async Task Arguments_take_values_that_are_known_later()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddExecutable("server", "sh", ".").WithHttpEndpoint().Allocate(9100);
        var client = builder.AddExecutable("client", "sh", ".", "--verbose").WithArgs("--url", server.GetEndpoint("http"));
        Assert.Equal(["--verbose", "--url", "http://localhost:9100"], await Model.ArgumentsOf(client));
    }

    [Fact]
    public async Task In_publish_mode_values_are_expressions()
    {
        var builder = Model.Publish(_folder);
        var secret = builder.AddParameter("token", secret: true);
        var server = builder.AddContainer("server", "nginx").WithHttpEndpoint(targetPort: 80);
        var client = builder.AddContainer("client", "nginx")
            .WithEnvironment("TOKEN", secret)
            .WithEnvironment("URL", server.GetEndpoint("http"))
            .WithEnvironment("BOTH", $"{server.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}/{secret}");
        var environment = await Model.EnvironmentOf(client);
        Assert.Equal("{token.value}", environment["TOKEN"]);
        Assert.Equal("{server.bindings.http.url}", environment["URL"]);
        Assert.Equal("{server.bindings.http.host}:{server.bindings.http.port}/{token.value}", environment["BOTH"]);
    }

    [Fact]
    public async Task A_container_sees_another_container_by_its_name_and_target_port()
    {
        var builder = Model.Run(_folder);
        var server = builder.AddContainer("server", "nginx").WithHttpEndpoint(port: 8888, targetPort: 80).Allocate(8888);
        var container = builder.AddContainer("client", "nginx").WithReference(server.GetEndpoint("http"));
        var process = builder.AddExecutable("process", "sh", ".").WithReference(server.GetEndpoint("http"));
        Assert.Equal("http://server.dev.internal:80", (await Model.EnvironmentOf(container))["services__server__http__0"]);
        Assert.Equal("http://localhost:8888", (await Model.EnvironmentOf(process))["services__server__http__0"]);
    }

    [Fact]
    public async Task A_volume_of_a_process_is_a_folder_of_the_state_and_of_a_container_its_target()
    {
        var builder = Model.Run(_folder);
        var process = builder.AddExecutable("process", "sh", ".").WithVolume(name: "models", target: "/models", env: "MODELS");
        var container = builder.AddContainer("container", "nginx").WithVolume(name: "models", target: "/models", env: "MODELS");
        var path = (await Model.EnvironmentOf(process))["MODELS"];
        Assert.StartsWith(Path.Combine(_folder.Path, "state"), path, StringComparison.Ordinal);
        Assert.True(Directory.Exists(path));
        Assert.Equal("/models", (await Model.EnvironmentOf(container))["MODELS"]);
    }
}
