using System.Diagnostics;
using MlKit.TrainingWorker.Registry;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

public sealed class FullDiskTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_named_nothing_is_promoted_and_with_room_again_the_job_is_done()
    {
        var state = Directory.CreateDirectory(Path.Combine(platform.Folder, "small-disk")).FullName;
        Assert.SkipUnless(await TryAsync("mount", "-t", "tmpfs", "-o", "size=160k", "none", state), "a file system of 160 kB cannot be mounted here");
        try
        {
            var mlflow = await platform.ConnectAsync();
            var data = platform.WriteCsv("data", SmallData.Generate());

            var full = await platform.RunWorkerAsync(data, ("MLKIT__STATE__PATH", state));

            Assert.Equal(ExitCode.Failed, full.ExitCode);
            Assert.Contains("No space left on device", full.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", full.Output, StringComparison.Ordinal);
            Assert.Null(await new ModelRegistry(mlflow).FindChampionAsync(Stop));

            Assert.True(await TryAsync("mount", "-o", "remount,size=64m", state));
            var roomy = await platform.RunWorkerAsync(data, ("MLKIT__STATE__PATH", state));

            Assert.True(roomy.ExitCode == ExitCode.Done, roomy.Output);
            Assert.Contains("Taking up run", roomy.Output, StringComparison.Ordinal);
            Assert.NotNull(await new ModelRegistry(mlflow).FindChampionAsync(Stop));
        }
        finally
        {
            await TryAsync("umount", state);
        }
    }

    private static async Task<bool> TryAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}
