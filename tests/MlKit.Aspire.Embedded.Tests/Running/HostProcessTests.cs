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
    public async Task A_second_Ctrl_C_does_not_wait_for_what_ignores_the_first_and_leaves_no_process()
    {
        var ready = _folder.File("ready");
        await using var host = AppHostProcess.Start(_folder.File("state"), "--Stubborn", ready);
        await Eventually.True(() => Task.FromResult(File.Exists(ready)), AppHostProcess.Deadline, "the stubborn one runs");
        host.PressCtrlC();
        await host.UntilAsync(line => line.Contains("stubborn", StringComparison.Ordinal) && line.Contains("Stopping", StringComparison.Ordinal), "it is asked to stop");

        host.PressCtrlC();

        Assert.Equal(130, await host.ExitAsync(AppHostProcess.Deadline));
        await Eventually.True(() => Task.FromResult(host.Processes.Count == 0), TimeSpan.FromSeconds(15), "nothing of the host is left");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_is_printed_in_place_of_a_run_and_names_what_this_application_has(string help)
    {
        await using var host = AppHostProcess.Start(_folder.File("state"), help, "--MlKit:Console", "true");

        Assert.Equal(0, await host.ExitAsync(AppHostProcess.Deadline));
        Assert.Contains(host.Output, line => line.Contains("--operation publish --step publish", StringComparison.Ordinal));
        Assert.Contains(host.Output, line => line.Contains("MlKit:WaitForDebugger", StringComparison.Ordinal) && line.Contains("echo, single", StringComparison.Ordinal));
        Assert.Contains(host.Output, line => line.Contains("Parameters:", StringComparison.Ordinal) && line.Contains("greeting", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    [Fact]
    public async Task The_login_URL_of_the_dashboard_is_printed_once_and_leads_there()
    {
        await using var host = AppHostProcess.Start(_folder.File("state"), "--MlKit:Dashboard", "true");
        var login = await host.UntilAsync(line => line.Contains("Login to the dashboard at", StringComparison.Ordinal), "the dashboard is there");
        await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "everything is ready");

        using var client = new HttpClient();
        var url = new Uri(login[login.IndexOf("http", StringComparison.Ordinal)..]);
        await Eventually.True(async () => await AnswersAsync(client, url), AppHostProcess.Deadline, "the dashboard lets its user in");
        host.PressCtrlC();

        Assert.Equal(0, await host.ExitAsync(TimeSpan.FromSeconds(20)));
        Assert.Single(host.Output, line => line.Contains("/login?t=", StringComparison.Ordinal));
        Assert.Empty(host.Processes);
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
    [InlineData("-p=5000", "--MlKit:Console=true", "-p=5000", "--KEY VALUE")]
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
    public async Task Each_service_that_is_killed_is_noticed_and_the_others_run_on()
    {
        await using var host = AppHostProcess.Start(_folder.File("state"));
        await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "everything is ready");
        var left = host.Processes.ToList();
        var services = left.Where(IsService).ToList();
        Assert.Equal(4, services.Count);

        for (var killed = 1; killed <= services.Count; killed++)
        {
            var service = services[killed - 1];
            using (var process = System.Diagnostics.Process.GetProcessById(service))
            {
                process.Kill();
            }

            await Eventually.True(
                () => Task.FromResult(host.Output.Count(line => line.Contains("Finished (exit code 137)", StringComparison.Ordinal)) == killed), AppHostProcess.Deadline, $"the end of {killed} is told");
            left.Remove(service);
            Assert.All(left, pid => Assert.NotNull(ProcessRecord.StartTimeOf(pid)));
        }
    }

    // Two replicas of one, a single one, and the worker, which is a shell that became its sleep.
    private static bool IsService(int pid) =>
        File.ReadAllText($"/proc/{pid}/cmdline") is var command && (command.StartsWith("sleep", StringComparison.Ordinal) || command.Contains("EchoServer", StringComparison.Ordinal));

    private static async Task<bool> AnswersAsync(HttpClient client, Uri url)
    {
        try
        {
            return (await client.GetAsync(url, TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
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
