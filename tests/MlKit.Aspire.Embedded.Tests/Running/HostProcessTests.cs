using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>The host as a process of its own: killed, interrupted, started twice, given wrong settings.</summary>
public sealed class HostProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_that_is_killed_leaves_no_process_and_the_next_one_starts_on_its_state()
    {
        await using (var host = AppHostProcess.Start(_folder.File("state")))
        {
            await host.UntilAsync(line => line.Contains("worker", StringComparison.Ordinal) && line.Contains("Running", StringComparison.Ordinal), "the worker runs");
            Assert.True(host.Processes.Count >= 4, $"{host.Processes.Count} processes: the host, two replicas, the worker");

            host.Kill();

            await Eventually.True(() => Task.FromResult(host.Processes.Count == 0), TimeSpan.FromSeconds(15), "nothing of the host is left");
        }

        await using var next = AppHostProcess.Start(_folder.File("state"));
        await next.UntilAsync(line => line.Contains("worker", StringComparison.Ordinal) && line.Contains("Running", StringComparison.Ordinal), "the worker runs again");
    }

    [Fact]
    public async Task Ctrl_C_stops_dependents_first_within_ten_seconds_and_leaves_no_process()
    {
        await using var host = AppHostProcess.Start(_folder.File("state"));
        await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "everything is ready");

        host.PressCtrlC();

        Assert.Equal(0, await host.ExitAsync(TimeSpan.FromSeconds(10)));
        Assert.Empty(host.Processes);
        var output = host.Output;
        Assert.True(Last(output, "single", "Exited") < Last(output, "echo", "Stopping"), string.Join('\n', output.TakeLast(20)));
        Assert.DoesNotContain(output, line => line.Contains("killed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_host_on_the_state_of_a_running_one_fails_with_its_process_id()
    {
        await using var first = AppHostProcess.Start(_folder.File("state"));
        await first.UntilAsync(line => line.Contains("echo", StringComparison.Ordinal), "the first one works");
        await using var second = AppHostProcess.Start(_folder.File("state"));

        Assert.Equal(1, await second.ExitAsync(AppHostProcess.Deadline));
        var error = Assert.Single(second.Output, line => line.StartsWith("error:", StringComparison.Ordinal));
        Assert.Contains(first.Id.ToString(CultureInfo.InvariantCulture), error, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Output, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_the_user_set_and_that_is_taken_is_an_error_that_names_port_resource_and_setting()
    {
        using var other = Taken(out var port);
        await using var host = AppHostProcess.Start(_folder.File("state"), "--MlKit:Ports:single", port);

        Assert.Equal(1, await host.ExitAsync(AppHostProcess.Deadline));
        var error = Assert.Single(host.Output, line => line.StartsWith("error:", StringComparison.Ordinal));
        Assert.Contains(port, error, StringComparison.Ordinal);
        Assert.Contains("'single'", error, StringComparison.Ordinal);
        Assert.Contains("MlKit:Ports:single", error, StringComparison.Ordinal);
        Assert.Empty(host.Processes);
    }

    [Fact]
    public async Task A_default_port_that_is_taken_is_replaced_and_said_in_one_line()
    {
        using var other = Taken(out var port);
        await using var host = AppHostProcess.Start(_folder.File("state"), "--SinglePort", port);

        var said = await host.UntilAsync(line => line.Contains($"port {port} of 'single' is taken", StringComparison.Ordinal), "it is said");

        Assert.Matches("[0-9]+ is used instead$", said);
        await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "everything is ready");
    }

    [Theory]
    [InlineData("--operation", "fly", "fly", "run, publish")]
    [InlineData("--publisher", "fly", "fly", "manifest")]
    [InlineData("--MlKit:Ports:single", "many", "many", "1 to 65535")]
    [InlineData("--MlKit:WaitForDebugger", "nobody", "nobody", "single")]
    [InlineData("--MlKit:Dashboard", "maybe", "maybe", "true and false")]
    public async Task A_wrong_setting_is_one_line_that_says_what_is_allowed(string key, string value, string named, string allowed)
    {
        await using var host = AppHostProcess.Start(_folder.File("state"), key, value);

        Assert.Equal(1, await host.ExitAsync(AppHostProcess.Deadline));
        var error = Assert.Single(host.Output, line => line.Contains("rror", StringComparison.Ordinal));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Output, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_is_killed_is_noticed_and_the_others_run_on()
    {
        await using var host = AppHostProcess.Start(_folder.File("state"));
        await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "everything is ready");
        var before = host.Processes;
        var worker = before.Single(pid => File.ReadAllText($"/proc/{pid}/cmdline").StartsWith("sleep", StringComparison.Ordinal));

        using (var process = System.Diagnostics.Process.GetProcessById(worker))
        {
            process.Kill();
        }

        await host.UntilAsync(line => line.Contains("worker", StringComparison.Ordinal) && line.Contains("Finished (exit code 137)", StringComparison.Ordinal), "its end is told");
        Assert.All(before.Where(pid => pid != worker), pid => Assert.NotNull(ProcessRecord.StartTimeOf(pid)));
    }

    private static int Last(IReadOnlyList<string> output, string resource, string state)
    {
        var index = output.ToList().FindLastIndex(line => line.Contains($"  {resource}", StringComparison.Ordinal) && line.Contains(state, StringComparison.Ordinal));
        Assert.True(index >= 0, $"no line says that {resource} is {state}:\n{string.Join('\n', output)}");
        return index;
    }

    private static TcpListener Taken(out string port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        return listener;
    }
}
