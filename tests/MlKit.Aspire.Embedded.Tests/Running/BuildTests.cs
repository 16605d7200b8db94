using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>What a host shows and refuses while it builds the projects that it is about to start.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task A_start_while_the_host_still_builds_leaves_the_state_Building()
    {
        await using var host = new TestHost();
        var gate = host.Folder.File("gate");
        host.Builder.AddDotnetProject("slow", SlowProject(host.Folder, gate));
        await host.StartAsync();
        await host.UntilAsync("slow", KnownResourceStates.Building);
        var next = NextAsync(host, "slow");

        var start = host.Application.ResourceCommands.ExecuteCommandAsync("slow", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken);

        // The start says that it begins: what it says is still that the host builds.
        Assert.Equal(KnownResourceStates.Building, (await next).State?.Text);
        File.WriteAllText(gate, "");
        await host.UntilAsync("slow", KnownResourceStates.Running);
        Assert.True((await start).Success);
    }

    [Fact]
    public async Task A_stop_while_the_host_still_builds_ends_in_time_and_says_that_nothing_was_started()
    {
        await using var host = new TestHost("--MlKit:Console", "true");
        host.Builder.AddDotnetProject("slow", SlowProject(host.Folder, host.Folder.File("never")));
        await host.StartAsync();
        await host.UntilAsync("slow", KnownResourceStates.Building);

        await host.Application.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.True(host.States.TryGetCurrentState("slow", out var state));
        Assert.Equal(KnownResourceStates.NotStarted, state.Snapshot.State?.Text);
    }

    [Fact]
    public async Task A_stop_ends_in_time_though_code_of_the_author_goes_on()
    {
        await using var host = new TestHost("--MlKit:Console", "true");
        host.Shell("service", "sleep 1000");
        var never = new TaskCompletionSource();
        host.Builder.Eventing.Subscribe<BeforeResourceStartedEvent>((_, _) => never.Task);
        await host.StartAsync();
        await host.UntilAsync("service", KnownResourceStates.Starting);

        await host.Application.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_project_with_and_without_a_build_environment_is_refused_where_it_has_one()
    {
        await using var host = new TestHost();
        host.AddEcho("plain").WithHttpEndpoint();
        host.AddEcho("special").WithHttpEndpoint().WithBuildEnvironment("FLAVOUR", "special");
        await host.StartAsync();

        await host.UntilAsync("special", KnownResourceStates.FailedToStart);

        Assert.Contains(await host.LogAsync("special"), line => line.Contains("'special' has a build environment", StringComparison.Ordinal) && line.Contains(EchoHost.Project, StringComparison.Ordinal));
        await host.UntilAsync("plain", KnownResourceStates.Running);
    }

    // The next update of the resource that is published after this call.
    private static async Task<CustomResourceSnapshot> NextAsync(TestHost host, string name)
    {
        var isFirst = true;
        return (await host.States.WaitForResourceAsync(
            name,
            _ =>
            {
                var seen = isFirst;
                isFirst = false;
                return !seen;
            },
            TestContext.Current.CancellationToken).WaitAsync(TestHost.Deadline, TestContext.Current.CancellationToken)).Snapshot;
    }

    // Its build waits for a file.
    private static string SlowProject(TemporaryFolder folder, string gate)
    {
        folder.File("slow/Program.cs", "new ManualResetEvent(false).WaitOne();");
        return folder.File("slow/Slow.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <Target Name="WaitForTheGate" BeforeTargets="CoreCompile">
                <Exec Command="while [ ! -e '{gate}' ]; do sleep 0.05; done" />
              </Target>
            </Project>
            """);
    }
}
