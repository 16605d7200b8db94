using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MlKit.Tests.Cluster;

/// <summary>
/// A real API server with controllers, a scheduler and fake nodes, from the shared tools; started once for all tests.
/// Tests are skipped, with the reason, where the tools, helm or python are absent.
/// </summary>
[CollectionDefinition(Collection)]
public sealed partial class ControlPlane : IAsyncLifetime, ICollectionFixture<ControlPlane>
{
    /// <summary>The tests that share it, one at a time.</summary>
    public const string Collection = "control plane";

    private const int TimeoutSeconds = 240;

    private readonly string? _tools = SharedMaterial.Optional("tools", "cluster");
    private readonly string _binaries = Path.Combine(Path.GetTempPath(), "mlkit-cluster-tools");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private string? _absent;

    public async ValueTask InitializeAsync()
    {
        _absent = Absent();
        if (_absent is not null)
        {
            return;
        }

        _environment["KUBE_BIN"] = _environment["LINT_BIN"] = _binaries;
        Require(await RunAsync("unpack.sh", _binaries), "unpack.sh");
        var link = Path.Combine(_binaries, "helm");
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine(Repository.Root, ".tools", "helm"));
        var started = Require(await RunAsync("up.sh", "--nodes", "cpu=2,gpu=1,mig=1"), "up.sh");
        foreach (Match line in Export().Matches(started))
        {
            _environment[line.Groups[1].Value] = line.Groups[2].Value;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_environment.TryGetValue("CLUSTER_DIR", out var folder))
        {
            await RunAsync("down.sh", folder);
        }
    }

    /// <summary>Installs a chart or a folder of manifests and judges what becomes of it; fails on any failed check.</summary>
    public Task AcceptAsync(string path, params string[] options) => JudgeAsync("accept.sh", [path, "--failed-only", .. options]);

    /// <summary>Runs the linters with their default rules; fails on any finding.</summary>
    public Task LintAsync(string path, params string[] options) => JudgeAsync("lint.sh", [path, .. options]);

    /// <summary>Runs helm against the control plane and gives what it prints; fails where helm does.</summary>
    public Task<string> HelmAsync(params string[] arguments) => RequireAsync("helm", arguments);

    /// <summary>Runs kubectl against the control plane and gives what it prints; fails where kubectl does.</summary>
    public Task<string> KubectlAsync(params string[] arguments) => RequireAsync("kube", ["kubectl", .. arguments]);

    /// <summary>Installs definitions of custom resources, by group or by kind and group.</summary>
    public async Task DefineAsync(string kinds)
    {
        Assert.SkipWhen(_absent is not null, _absent ?? "");
        Require(await RunAsync("crds.sh", kinds), "crds.sh");
    }

    private async Task<string> RequireAsync(string program, string[] arguments)
    {
        Assert.SkipWhen(_absent is not null, _absent ?? "");
        return Require(await StartAsync(Path.Combine(_binaries, program), arguments), $"{program} {string.Join(' ', arguments)}");
    }

    private async Task JudgeAsync(string script, string[] arguments)
    {
        Assert.SkipWhen(_absent is not null, _absent ?? "");
        var (code, output) = await RunAsync(script, arguments);
        Assert.True(code == 0 && Result().IsMatch(output), output);
    }

    private string? Absent()
    {
        var helm = Path.Combine(Repository.Root, ".tools", "helm");
        return _tools is null ? "the control plane (tools/cluster of the shared material) is absent"
            : !OperatingSystem.IsLinux() ? "the control plane runs on Linux only"
            : !File.Exists(helm) ? "helm is absent (run tests/tools/get-helm.sh)"
            : null;
    }

    private static string Require((int Code, string Output) outcome, string what)
    {
        Assert.True(outcome.Code == 0, $"{what}: {outcome.Output}");
        return outcome.Output;
    }

    private Task<(int Code, string Output)> RunAsync(string script, params string[] arguments) =>
        StartAsync(Path.Combine(_tools!, script), arguments);

    private async Task<(int Code, string Output)> StartAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSeconds));
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await error);
    }

    [GeneratedRegex(@"^export (\w+)=(\S+)", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"^[1-9]\d* passed, 0 failed, \d+ skipped", RegexOptions.Multiline)]
    private static partial Regex Result();
}
