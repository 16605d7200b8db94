using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_job_runs_to_completion_with_its_exit_code()
    {
        await using var host = new TestHost();
        host.Shell("job", "echo done");
        await host.StartAsync();

        var snapshot = await host.UntilAsync("job", KnownResourceStates.Finished);

        Assert.Equal(0, snapshot.ExitCode);
        Assert.Contains("done", await host.LogAsync("job"));
    }

    [Fact]
    public async Task A_job_that_fails_shows_exit_code_and_error_lines_and_its_waiter_fails_too()
    {
        await using var host = new TestHost();
        var job = host.Shell("job", "echo broken line 7 >&2; exit 3");
        host.Shell("after", "sleep 1000").Annotations.Add(new WaitAnnotation(job, WaitType.WaitForCompletion));
        await host.StartAsync();

        var after = await host.UntilAsync("after", KnownResourceStates.FailedToStart);
        var snapshot = await host.UntilAsync("job", KnownResourceStates.Finished);

        Assert.Equal(3, snapshot.ExitCode);
        Assert.Equal(KnownResourceStateStyles.Error, snapshot.State?.Style);
        Assert.Contains("broken line 7", await host.LogAsync("job"));
        Assert.Contains(await host.LogAsync("after"), line => line.Contains("exit code 3, expected 0", StringComparison.Ordinal));
        Assert.Equal(KnownResourceStateStyles.Error, after.State?.Style);
    }

    [Fact]
    public async Task A_resource_waits_until_what_it_waits_for_runs()
    {
        await using var host = new TestHost();
        var gate = host.Folder.File("gate");
        var first = host.Shell("first", $"while [ ! -e '{gate}' ]; do sleep 0.05; done");
        host.Shell("second", "sleep 1000").Annotations.Add(new WaitAnnotation(first, WaitType.WaitForCompletion));
        await host.StartAsync();

        await host.UntilAsync("second", KnownResourceStates.Waiting);
        File.WriteAllText(gate, "");

        await host.UntilAsync("second", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Commands_start_stop_and_restart_a_resource_with_explicit_start()
    {
        await using var host = new TestHost();
        host.Shell("tool", "sleep 1000").Annotations.Add(new ExplicitStartupAnnotation());
        await host.StartAsync();
        await host.UntilAsync("tool", KnownResourceStates.NotStarted);

        Assert.True((await Command(host, KnownResourceCommands.StartCommand)).Success);
        var first = Pid(await host.UntilAsync("tool", KnownResourceStates.Running));
        Assert.True((await Command(host, KnownResourceCommands.RestartCommand)).Success);
        var second = Pid(await host.UntilAsync("tool", KnownResourceStates.Running));
        Assert.True((await Command(host, KnownResourceCommands.StopCommand)).Success);
        var stopped = await host.UntilAsync("tool", KnownResourceStates.Exited);

        Assert.NotEqual(first, second);
        Assert.Equal(128 + 15, stopped.ExitCode);
        Assert.Null(ProcessRecord.StartTimeOf(second));
    }

    [Fact]
    public async Task A_service_that_is_killed_from_outside_is_noticed_and_can_be_started_again()
    {
        await using var host = new TestHost();
        host.Shell("service", "sleep 1000");
        await host.StartAsync();
        var pid = Pid(await host.UntilAsync("service", KnownResourceStates.Running));

        using (var process = System.Diagnostics.Process.GetProcessById(pid))
        {
            process.Kill();
        }

        Assert.Equal(128 + 9, (await host.UntilAsync("service", KnownResourceStates.Finished)).ExitCode);
        Assert.True((await host.Application.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken)).Success);
        await host.UntilAsync("service", KnownResourceStates.Running);
    }

    [Fact]
    public async Task A_stop_ends_resources_after_those_that_waited_for_them_and_leaves_no_process()
    {
        await using var host = new TestHost();
        var order = host.Folder.File("order");
        var store = host.Shell("store", Recorder("store", order));
        var api = host.Shell("api", Recorder("api", order));
        api.Annotations.Add(new WaitAnnotation(store, WaitType.WaitUntilStarted));
        host.Shell("page", Recorder("page", order)).Annotations.Add(new WaitAnnotation(api, WaitType.WaitUntilStarted));
        await host.StartAsync();
        var pids = new List<int>();
        foreach (var name in new[] { "store", "api", "page" })
        {
            pids.Add(Pid(await host.UntilAsync(name, KnownResourceStates.Running)));
            await Eventually.True(async () => (await host.LogAsync(name)).Contains("ready"), TestHost.Deadline, $"{name} is ready");
        }

        await host.Application.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["page", "api", "store"], await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
        Assert.All(pids, pid => Assert.Null(ProcessRecord.StartTimeOf(pid)));
    }

    [Fact]
    public async Task A_stop_ends_the_dashboard_last_so_that_every_service_can_deliver_its_last_telemetry()
    {
        await using var host = new TestHost();
        var order = host.Folder.File("order");
        foreach (var name in (string[])[DashboardRun.ResourceName, "service"])
        {
            host.Shell(name, Recorder(name, order));
        }

        await host.StartAsync();
        foreach (var name in (string[])[DashboardRun.ResourceName, "service"])
        {
            await Eventually.True(async () => (await host.LogAsync(name)).Contains("ready"), TestHost.Deadline, $"{name} is ready");
        }

        await host.Application.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["service", DashboardRun.ResourceName], await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_process_that_ignores_the_request_to_stop_is_killed_in_time()
    {
        await using var host = new TestHost();
        host.Shell("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.1; done");
        await host.StartAsync();
        var pid = Pid(await host.UntilAsync("stubborn", KnownResourceStates.Running));
        await Eventually.True(async () => (await host.LogAsync("stubborn")).Contains("ready"), TestHost.Deadline, "it is ready");

        await host.Application.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Null(ProcessRecord.StartTimeOf(pid));
    }

    [Fact]
    public async Task A_program_that_is_missing_fails_alone()
    {
        await using var host = new TestHost();
        host.Builder.AddResource(new ExecutableResource("missing", "no-such-program", host.Folder.Path));
        host.Shell("other", "sleep 1000");
        await host.StartAsync();

        await host.UntilAsync("missing", KnownResourceStates.FailedToStart);
        await host.UntilAsync("other", KnownResourceStates.Running);
        Assert.Contains(await host.LogAsync("missing"), line => line.Contains("'no-such-program'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_asks_to_outlive_the_host_fails_and_says_why()
    {
        await using var host = new TestHost();
        host.Builder.CreateResourceBuilder(host.Shell("lasting", "sleep 1000")).WithPersistentLifetime();
        await host.StartAsync();

        await host.UntilAsync("lasting", KnownResourceStates.FailedToStart);

        Assert.Contains(await host.LogAsync("lasting"), line => line.Contains("persistent lifetime", StringComparison.Ordinal));
    }

    private static Task<ExecuteCommandResult> Command(TestHost host, string command) =>
        host.Application.ResourceCommands.ExecuteCommandAsync("tool", command, TestContext.Current.CancellationToken);

    private static int Pid(CustomResourceSnapshot snapshot) =>
        (int)snapshot.Properties.Single(p => p.Name == "executable.pid").Value!;

    private static string Recorder(string name, string file) =>
        $"trap 'echo {name} >> \"{file}\"; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
}
