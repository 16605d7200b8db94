using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Ide;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

public sealed class IdeSessionTests
{
    [Fact]
    public async Task Projects_are_started_by_the_IDE_with_their_environment_and_stopped_by_it()
    {
        await using var ide = await FakeIde.StartAsync();
        await using (var host = Host(ide))
        {
            host.AddEcho("echo").WithHttpEndpoint().WithArgs("--x", "1").WithEnvironment("GREETING", "hello");
            host.Shell("other", "sleep 1000");
            await host.StartAsync();
            var running = await host.UntilAsync("echo", KnownResourceStates.Running);
            await host.UntilAsync("other", KnownResourceStates.Running);
            await Eventually.True(async () => (await host.LogAsync("echo")).Contains("hello from the IDE"), TestHost.Deadline, "the log of the IDE arrives");
            await Eventually.True(() => Task.FromResult(Pid(host) == 4242), TestHost.Deadline, "the process id of the IDE arrives");

            var start = Assert.Single(ide.Starts);
            var launch = start["launch_configurations"]![0]!;
            Assert.Equal("project", (string?)launch["type"]);
            Assert.Equal(EchoHost.Project, (string?)launch["project_path"]);
            Assert.True((bool)launch["disable_launch_profile"]!);
            var environment = start["env"]!.AsArray().ToDictionary(v => (string)v!["name"]!, v => (string)v!["value"]!);
            Assert.Equal("hello", environment["GREETING"]);
            Assert.Equal($"http://localhost:{host.Address("echo").Port}", environment["ASPNETCORE_URLS"]);
            Assert.Equal("echo", environment["OTEL_SERVICE_NAME"]);
            Assert.DoesNotContain("PATH", environment.Keys);
            Assert.Equal(["--x", "1"], start["args"]!.AsArray().Select(a => (string)a!));
            Assert.NotNull(running.StartTimeStamp);
        }

        var log = ide.Log.ToList();
        Assert.Equal("GET /info", log[0]);
        Assert.Equal("GET /run_session/notify?api-version=2025-10-01", log[1]);
        Assert.Equal("PUT /run_session?api-version=2025-10-01", log[2]);
        Assert.Equal("DELETE /run_session/session-1?api-version=2025-10-01", log[3]);
        Assert.All(ide.Headers, header => Assert.Equal(($"Bearer {ide.Token}", ide.Headers[0].Instance), header));
        Assert.Matches("^pre-[a-z0-9]{12}$", ide.Headers[0].Instance);
    }

    [Fact]
    public async Task An_IDE_that_speaks_https_is_trusted_by_the_certificate_it_named_and_no_other_is()
    {
        await using var ide = await FakeIde.StartEncryptedAsync();
        await using (var host = Host(ide, certificate: ide.Certificate))
        {
            host.AddEcho("echo").WithHttpEndpoint();
            await host.StartAsync();
            await host.UntilAsync("echo", KnownResourceStates.Running);
            await Eventually.True(() => Task.FromResult(Pid(host) == 4242), TestHost.Deadline, "the process id of the IDE arrives");
        }

        await using var other = await FakeIde.StartEncryptedAsync();
        await using var deceived = Host(ide, certificate: other.Certificate);
        deceived.AddEcho("echo").WithHttpEndpoint();
        await deceived.StartAsync();
        await deceived.UntilAsync("echo", KnownResourceStates.FailedToStart);
        Assert.Single(ide.Starts);
    }

    [Fact]
    public async Task What_the_IDE_says_when_it_refuses_is_the_reason_in_the_log()
    {
        await using var ide = await FakeIde.StartAsync();
        ide.Refusal = (400, "the project does not compile");
        await using var host = Host(ide);
        host.AddEcho("echo").WithHttpEndpoint();
        await host.StartAsync();

        await host.UntilAsync("echo", KnownResourceStates.FailedToStart);
        Assert.Contains(await host.LogAsync("echo"), line => line.Contains("the project does not compile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_end_that_the_IDE_tells_of_is_the_end_of_the_resource_with_its_exit_code()
    {
        await using var ide = await FakeIde.StartAsync();
        await using var host = Host(ide);
        host.AddEcho("echo").WithHttpEndpoint();
        await host.StartAsync();
        await host.UntilAsync("echo", KnownResourceStates.Running);

        await ide.NotifyAsync(new { notification_type = "sessionTerminated", session_id = "session-1", exit_code = 3 });

        Assert.Equal(3, (await host.UntilAsync("echo", KnownResourceStates.Finished)).ExitCode);
    }

    [Fact]
    public async Task An_IDE_that_only_starts_what_the_host_built_is_told_so()
    {
        await using var ide = await FakeIde.StartAsync("project", "project-with-external-build.v1");
        await using var host = Host(ide, info: """{"protocols_supported":["2025-10-01"],"supported_launch_configurations":["project","project-with-external-build.v1"]}""");
        host.AddEcho("echo").WithHttpEndpoint();
        await host.StartAsync();
        await host.UntilAsync("echo", KnownResourceStates.Running);

        var launch = Assert.Single(ide.Starts)["launch_configurations"]![0]!;
        Assert.Equal("project-with-external-build.v1", (string?)launch["type"]);
        Assert.True((bool)launch["suppress_build"]!);
        Assert.Equal("Debug", (string?)launch["build_configuration"]);
    }

    [Fact]
    public async Task A_kind_of_program_that_the_IDE_does_not_know_runs_as_a_process()
    {
        await using var ide = await FakeIde.StartAsync();
        await using var host = Host(ide);
        var script = host.Shell("script", "echo plain; sleep 1000");
        host.Builder.CreateResourceBuilder(script).WithDebugSupport(mode => new ExecutableLaunchConfiguration("python"), "python");
        await host.StartAsync();

        await host.UntilAsync("script", KnownResourceStates.Running);

        Assert.Empty(ide.Starts);
    }

    [Theory]
    [InlineData("1234", "http://localhost:1234/")]
    [InlineData("localhost:1234", "http://localhost:1234/")]
    [InlineData("127.0.0.1:9", "http://127.0.0.1:9/")]
    public void The_port_is_taken_alone_and_with_a_host(string setting, string expected)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { [IdeSettings.PortKey] = setting };
        Assert.Equal(expected, IdeSettings.Read(configuration)!.Address.ToString());
    }

    [Fact]
    public void Settings_that_cannot_be_read_are_named()
    {
        var port = new Microsoft.Extensions.Configuration.ConfigurationManager { [IdeSettings.PortKey] = "x y" };
        Assert.Contains(IdeSettings.PortKey, Assert.Throws<DistributedApplicationException>(() => IdeSettings.Read(port)).Message, StringComparison.Ordinal);
        var certificate = new Microsoft.Extensions.Configuration.ConfigurationManager { [IdeSettings.PortKey] = "1", ["DEBUG_SESSION_SERVER_CERTIFICATE"] = "?" };
        Assert.Contains("DEBUG_SESSION_SERVER_CERTIFICATE", Assert.Throws<DistributedApplicationException>(() => IdeSettings.Read(certificate)).Message, StringComparison.Ordinal);
    }

    private static int? Pid(TestHost host) =>
        host.States.TryGetCurrentState("echo", out var state) ? state.Snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value as int? : null;

    private static TestHost Host(FakeIde ide, string? info = null, string? certificate = null)
    {
        List<string> settings = ["--DEBUG_SESSION_PORT", ide.Port.ToString(CultureInfo.InvariantCulture), "--DEBUG_SESSION_TOKEN", ide.Token, "--DCP_INSTANCE_ID_PREFIX", "pre-"];
        if (certificate is not null)
        {
            settings.AddRange(["--DEBUG_SESSION_SERVER_CERTIFICATE", certificate]);
        }

        return new TestHost(info is null ? [.. settings] : [.. settings, "--DEBUG_SESSION_INFO", info]);
    }
}
