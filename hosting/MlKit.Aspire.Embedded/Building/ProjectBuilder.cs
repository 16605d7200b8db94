using System.Collections;
using System.Security.Cryptography;
using System.Text;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.State;

namespace MlKit.Aspire.Embedded.Building;

/// <summary>Builds the .NET projects that a host is about to start, all in one build, and none that is as it was.</summary>
/// <param name="processes">Starts the build.</param>
/// <param name="folder">Where facts and stamps are kept; it survives runs and is shared by hosts of one AppHost.</param>
/// <param name="configuration">The AppHost's own build configuration, for example Debug.</param>
/// <param name="time">The clock that file times are compared with.</param>
internal sealed class ProjectBuilder(IProcessControl processes, string folder, string configuration, TimeProvider time)
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly string[] QuietVariables = ["MSBUILDDISABLENODEREUSE=1", "DOTNET_CLI_USE_MSBUILD_SERVER=0", "DOTNET_NOLOGO=1", "DOTNET_CLI_TELEMETRY_OPTOUT=1", "DOTNET_CLI_UI_LANGUAGE=en"];

    /// <summary>Builds what changed. The result has an entry for every project given.</summary>
    /// <param name="projects">Absolute paths of project files.</param>
    /// <param name="force">Builds all of them, changed or not.</param>
    /// <param name="log">Is told what is built, and what is waited for.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <param name="variables">Variables for the build only; a change of one makes the projects stale.</param>
    public async Task<IReadOnlyDictionary<string, BuildOutcome>> BuildAsync(
        IReadOnlyCollection<string> projects,
        bool force,
        Action<string> log,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        var madeWith = string.Join('\n', [configuration, .. (variables ?? NoVariables).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")]);
        Directory.CreateDirectory(folder);
        // Hosts of one checkout write the same bin folders.
        await using var turn = await HeldFile.TakeAsync(
            LockFile(), () => log("waiting for another host to finish its build of this checkout"), cancellationToken);
        var stamp = new BuildStamp(folder);
        stamp.Load();
        var stale = projects.Distinct(StringComparer.Ordinal).Where(p => force || !stamp.IsCurrent(p, madeWith)).ToList();
        var errors = new BuildErrors();
        if (stale.Count > 0)
        {
            stale.ForEach(stamp.Forget);
            log($"building {string.Join(", ", stale.Select(Path.GetFileNameWithoutExtension))}");
            var began = time.GetUtcNow();
            await RunAsync(stale, errors, variables ?? NoVariables, cancellationToken);
            stamp.Load();
            stale.ForEach(project => stamp.Set(project, madeWith, began));
        }

        return projects.Distinct(StringComparer.Ordinal).ToDictionary(
            project => project,
            project => stamp.Facts(project) is { } facts ? new BuildOutcome(facts, []) : new BuildOutcome(null, errors.For(project)),
            StringComparer.Ordinal);
    }

    private async Task RunAsync(List<string> projects, BuildErrors errors, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var targets = BuildProjectFiles.WriteReportTargets(folder);
        var traversal = BuildProjectFiles.WriteTraversal(folder, projects, targets);
        string[] arguments =
        [
            "build", traversal, "-nologo", "-v:quiet", "-consoleLoggerParameters:NoSummary", "-nodeReuse:false",
            "--configuration", configuration,
        ];
        using var build = processes.Start(new ChildStart("build", "dotnet", arguments, Path.GetDirectoryName(projects[0])!, Environment(variables)));
        using var stop = cancellationToken.Register(build.Kill);
        void Take(string line)
        {
            errors.Read(line);
        }

        await Task.WhenAll(Lines.PumpAsync(build.Output, Take), Lines.PumpAsync(build.Error, Take));
        await build.Exited;
        cancellationToken.ThrowIfCancellationRequested();
    }

    // A build started by `dotnet run` must not inherit what that told its own MSBuild.
    private static Dictionary<string, string> Environment(IReadOnlyDictionary<string, string> variables)
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(e => !((string)e.Key).StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in QuietVariables.Select(v => v.Split('=')).Select(pair => (pair[0], pair[1])).Concat(variables.Select(v => (v.Key, v.Value))))
        {
            environment[name] = value;
        }

        return environment;
    }

    private string LockFile()
    {
        var root = CheckoutRoot(folder);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16];
        return Path.Combine(UserTemp.Folder("builds"), name);
    }

    private static string CheckoutRoot(string path)
    {
        for (var candidate = new DirectoryInfo(path); candidate is not null; candidate = candidate.Parent)
        {
            if (Path.Exists(Path.Combine(candidate.FullName, ".git")))
            {
                return candidate.FullName;
            }
        }

        return path;
    }
}
