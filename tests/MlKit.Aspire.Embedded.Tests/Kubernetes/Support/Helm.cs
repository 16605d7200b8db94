using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Kubernetes;

/// <summary>The helm of <c>tests/tools/get-helm.sh</c>, or of PATH; a test that needs it is skipped where there is none.</summary>
internal static class Helm
{
    private static readonly string? Program = Find();

    public static bool IsThere => Program is not null;

    /// <summary>Fails on any error or warning of <c>helm lint --strict</c>.</summary>
    public static async Task LintAsync(string chart, params string[] arguments)
    {
        var (code, output) = await RunAsync(["lint", "--strict", chart, .. arguments]);
        Assert.True(code == 0 && !output.Contains("[WARNING]", StringComparison.Ordinal), output);
    }

    /// <summary>The objects that the chart makes.</summary>
    public static Task<List<JsonObject>> TemplateAsync(string chart, params string[] arguments) => TemplateReleaseAsync("rel", chart, arguments);

    /// <summary>The objects that the chart makes under a name of the release.</summary>
    public static async Task<List<JsonObject>> TemplateReleaseAsync(string release, string chart, params string[] arguments)
    {
        var (code, output) = await RunAsync(["template", release, chart, "--namespace", "apps", "--skip-tests", .. arguments]);
        Assert.True(code == 0, output);
        return YamlDocuments.Parse(output);
    }

    /// <summary>What helm says to something that it refuses.</summary>
    public static async Task<string> RefusalAsync(string chart, params string[] arguments)
    {
        var (code, output) = await RunAsync(["template", "rel", chart, "--namespace", "apps", .. arguments]);
        Assert.True(code != 0, "helm accepted the values");
        return output;
    }

    private static async Task<(int Code, string Output)> RunAsync(string[] arguments)
    {
        Assert.SkipWhen(Program is null, "helm is absent (run tests/tools/get-helm.sh)");
        var start = new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await error);
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "helm.exe" : "helm";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Prepend(Path.Combine(Repository.Root, ".tools"))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
