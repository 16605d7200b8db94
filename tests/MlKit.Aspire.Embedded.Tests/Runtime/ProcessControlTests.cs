using System.Collections;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

public sealed class ProcessControlTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_child_gets_its_arguments_environment_and_folder_and_its_exit_code_comes_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        using var folder = new TemporaryFolder();
        using var control = ProcessControl.ForThisSystem();
        using var child = control.Start(Shell("pwd; printf '%s\\n' \"$1\" \"$GREETING\"; echo oops >&2; exit 7", folder.Path, "a \"b\" ü"));
        var output = new List<string>();
        var error = new List<string>();

        await Task.WhenAll(Lines.PumpAsync(child.Output, output.Add), Lines.PumpAsync(child.Error, error.Add));

        Assert.Equal(7, await child.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.Equal([folder.Path, "a \"b\" ü", "hello"], output);
        Assert.Equal(["oops"], error);
    }

    [Fact]
    public async Task Kill_reaches_the_grandchildren()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        using var control = ProcessControl.ForThisSystem();
        using var child = control.Start(Shell("sleep 1000 & echo $!; wait", "/"));
        var grandchild = int.Parse(await FirstLine(child), System.Globalization.CultureInfo.InvariantCulture);

        child.Kill();

        Assert.Equal(128 + 9, await child.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await Gone(grandchild);
    }

    [Fact]
    public async Task A_request_to_stop_can_be_answered_by_the_child()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        using var control = ProcessControl.ForThisSystem();
        using var child = control.Start(Shell("trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done", "/"));
        await FirstLine(child);

        child.RequestStop();

        Assert.Equal(3, await child.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_child_leaves_behind_ends_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        using var control = ProcessControl.ForThisSystem();
        using var child = control.Start(Shell("sleep 1000 >/dev/null 2>&1 & echo $!", "/"));
        var grandchild = int.Parse(await FirstLine(child), System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(0, await child.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await Gone(grandchild);
    }

    [Fact]
    public void A_program_that_does_not_exist_is_named_with_its_resource()
    {
        using var control = ProcessControl.ForThisSystem();

        var error = Assert.Throws<ProcessStartException>(() => control.Start(
            new ChildStart("feast", "no-such-program", [], Path.GetTempPath(), new Dictionary<string, string> { ["PATH"] = "" })));

        Assert.Contains("'no-such-program' (command of 'feast') was not found in PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leftover_is_killed_only_while_it_is_the_recorded_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        using var control = ProcessControl.ForThisSystem();
        using var child = control.Start(Shell("echo ready; exec sleep 1000", "/"));
        await FirstLine(child);

        Assert.False(control.KillLeftover(new ProcessRecord(child.Id, child.StartedAt.AddHours(-1), "old")));
        Assert.False(child.Exited.IsCompleted);
        Assert.True(control.KillLeftover(new ProcessRecord(child.Id, child.StartedAt, "old")));
        Assert.Equal(128 + 9, await child.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    internal static ChildStart Shell(string script, string folder, params string[] arguments)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);
        environment["GREETING"] = "hello";
        return new ChildStart("test", "/bin/sh", ["-c", script, "sh", .. arguments], folder, environment);
    }

    private static async Task<string> FirstLine(IChildProcess child)
    {
        using var reader = new StreamReader(child.Output, leaveOpen: true);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("the child wrote nothing");
    }

    private static Task Gone(int pid) => Eventually.True(
        () => Task.FromResult(ProcessRecord.StartTimeOf(pid) is null), Deadline, $"process {pid} ends");
}
