using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

public sealed class DebuggingTests
{
    [Fact]
    public async Task A_project_that_waits_for_a_debugger_tells_its_process_id_and_runs_none_of_its_own_code()
    {
        await using var host = new TestHost("--MlKit:WaitForDebugger", "echo");
        host.AddEcho("echo").WithHttpEndpoint();
        await host.StartAsync();

        var running = await host.UntilAsync("echo", KnownResourceStates.Running);

        var pid = (int)running.Properties.Single(p => p.Name == "executable.pid").Value!;
        await Eventually.True(
            async () => (await host.LogAsync("echo")).Any(line => line.Contains($"attach it to process {pid}", StringComparison.Ordinal)),
            TestHost.Deadline,
            "the process tells its id");
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(host.Address("echo"), TestContext.Current.CancellationToken));
        Assert.NotNull(ProcessRecord.StartTimeOf(pid));
    }

    [Fact]
    public async Task A_halted_project_goes_on_by_its_command_and_halts_again_at_its_next_start()
    {
        await using var host = new TestHost("--MlKit:WaitForDebugger", "echo");
        host.AddEcho("echo").WithHttpEndpoint();
        await host.StartAsync();
        await host.UntilAsync("echo", KnownResourceStates.Running);
        var commands = host.Application.ResourceCommands;

        Assert.True((await commands.ExecuteCommandAsync("echo", "continue", TestContext.Current.CancellationToken)).Success);

        using var client = new HttpClient();
        await Eventually.True(() => AnswersAsync(client, host.Address("echo")), TestHost.Deadline, "it runs its own code");
        Assert.True((await commands.ExecuteCommandAsync("echo", KnownResourceCommands.RestartCommand, TestContext.Current.CancellationToken)).Success);
        await Eventually.True(
            async () => (await host.LogAsync("echo")).Count(line => line.Contains("Waiting for a debugger", StringComparison.Ordinal)) == 2, TestHost.Deadline, "it waits again");
        Assert.False(await AnswersAsync(client, host.Address("echo")));
    }

    [Fact]
    public async Task An_edit_restarts_the_watched_project_and_no_other()
    {
        await using var host = new TestHost("--MlKit:Watch", "watched");
        var source = host.Folder.File("watched/Program.cs", "Console.WriteLine(\"version one\"); new ManualResetEvent(false).WaitOne();");
        var project = host.Folder.File("watched/Watched.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        host.Builder.AddDotnetProject("watched", project);
        host.Shell("other", "echo once; sleep 1000");
        await host.StartAsync();
        var other = (await host.UntilAsync("other", KnownResourceStates.Running)).StartTimeStamp;
        await LineAsync(host, "version one");

        File.WriteAllText(source, "Console.WriteLine(\"version two\"); new ManualResetEvent(false).WaitOne();");

        await LineAsync(host, "version two");
        Assert.Equal(other, (await host.UntilAsync("other", KnownResourceStates.Running)).StartTimeStamp);
        Assert.Single(await host.LogAsync("other"), line => line == "once");
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            return (await client.GetAsync(address, TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Task LineAsync(TestHost host, string text) => Eventually.True(
        async () => (await host.LogAsync("watched")).Any(line => line.Contains(text, StringComparison.Ordinal)), TimeSpan.FromSeconds(120), $"it says {text}");
}
