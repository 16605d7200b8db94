using System.Diagnostics;
using MlKit.Recommendation.Ranking;
using MlKit.Tests;

namespace MlKit.Recommendation.Tests;

/// <summary>The machine without LightGBM's native library: the same tests, in a process in which it does not load.</summary>
public sealed class WithoutLightGbmTests
{
    private const string Marker = "MLKIT_TEST_WITHOUT_LIGHTGBM";

    [Fact]
    public async Task Where_the_native_library_does_not_load_the_same_tests_pass_with_FastTree()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is hidden from the loader of Linux");
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Marker) is not null, "this is that process");
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "tools", "without-lightgbm.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["dotnet", typeof(WithoutLightGbmTests).Assembly.Location, "--filter-class", "*RankerTests", "--filter-class", "*WithoutLightGbmTests"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Marker] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await errors);
    }

    [Fact]
    public void In_that_process_the_library_is_really_missing_and_the_remedy_is_named()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Marker) is not null, "LightGBM may load in this process");

        var model = RankerTrainer.Train(RankerTests.MakeSet(), new RankerOptions { Trees = 5, Leaves = 4, RowsPerLeaf = 5 });

        Assert.Equal(RankerKind.FastTree, model.Kind);
        Assert.Contains("libgomp", model.Fallback!.Reason + model.Fallback.Remedy, StringComparison.Ordinal);
    }
}
