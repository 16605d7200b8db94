using System.Diagnostics;
using MlKit.Scorer.Loading;

namespace MlKit.Scorer.Tests;

public sealed class ModelProbeTests
{
    [Fact]
    public async Task A_probe_that_has_ended_takes_no_memory_and_is_no_failure_of_the_load()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, ModelProbe.MemoryOf(process));
    }

    [Fact]
    public void A_process_that_cannot_be_asked_takes_no_memory()
    {
        using var gone = new Process();

        Assert.Equal(0, ModelProbe.MemoryOf(gone));
    }

    [Fact]
    public void The_memory_of_a_running_process_is_seen()
    {
        using var process = Process.GetCurrentProcess();

        Assert.True(ModelProbe.MemoryOf(process) > 0);
    }
}
