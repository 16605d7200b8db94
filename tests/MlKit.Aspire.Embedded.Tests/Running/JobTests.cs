using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Running;

public sealed class JobTests
{
    [Fact]
    public async Task A_job_that_ended_is_run_again_by_its_start_command()
    {
        await using var host = new TestHost();
        var runs = host.Folder.File("runs");
        host.Shell("job", $"echo run >> '{runs}'; exit 4");
        await host.StartAsync();
        Assert.Equal(4, (await host.UntilAsync("job", KnownResourceStates.Finished)).ExitCode);

        var result = await host.Application.ResourceCommands.ExecuteCommandAsync("job", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken);

        Assert.True(result.Success);
        await MlKit.Tests.Eventually.True(async () => (await File.ReadAllLinesAsync(runs)).Length == 2, TestHost.Deadline, "it ran twice");
        Assert.Equal(4, (await host.UntilAsync("job", KnownResourceStates.Finished)).ExitCode);
    }

    [Fact]
    public async Task A_start_of_what_runs_changes_nothing()
    {
        await using var host = new TestHost();
        host.Shell("service", "sleep 1000");
        await host.StartAsync();
        var before = await host.UntilAsync("service", KnownResourceStates.Running);

        await host.Application.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken);

        var after = await host.UntilAsync("service", KnownResourceStates.Running);
        Assert.Equal(before.StartTimeStamp, after.StartTimeStamp);
    }
}
