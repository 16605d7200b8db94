using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.State;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>What the configuration says about a run.</summary>
/// <param name="AppHostDirectory">The folder that relative paths start from.</param>
/// <param name="ApplicationName">How the application is shown.</param>
/// <param name="StatePath">The folder of what outlives a run.</param>
/// <param name="BuildFolder">Where the host remembers what it built.</param>
/// <param name="BuildConfiguration">Debug or Release, as the AppHost itself.</param>
/// <param name="RandomizePorts">Every fixed public port is replaced by a free one (tests).</param>
/// <param name="DashboardDisabled">No dashboard, and no OTLP settings.</param>
/// <param name="DashboardPath">The dashboard's assembly, or null where the AppHost was built without one.</param>
/// <param name="ConsoleOutput">Whether states are written to the console.</param>
/// <param name="Halted">The projects that wait for a debugger before their own code runs.</param>
/// <param name="Watched">The projects that are built and started again when their source changes.</param>
internal sealed record RunSettings(
    string AppHostDirectory,
    string ApplicationName,
    string StatePath,
    string BuildFolder,
    string BuildConfiguration,
    bool RandomizePorts,
    bool DashboardDisabled,
    string? DashboardPath,
    bool ConsoleOutput,
    IReadOnlySet<string> Halted,
    IReadOnlySet<string> Watched)
{
    /// <summary>The key that turns console output off.</summary>
    public const string ConsoleKey = "MlKit:Console";

    /// <summary>The key that turns the dashboard off.</summary>
    public const string DashboardKey = "MlKit:Dashboard";

    /// <summary>The key that names the projects that wait for a debugger, separated by commas.</summary>
    public const string HaltedKey = "MlKit:WaitForDebugger";

    /// <summary>The key that names the projects that follow their source, separated by commas.</summary>
    public const string WatchedKey = "MlKit:Watch";

    /// <summary>Reads the settings.</summary>
    public static RunSettings Read(IConfiguration configuration, AppHostFacts appHost, DistributedApplicationOptions options) => new(
        appHost.Directory,
        configuration["AppHost:DashboardApplicationName"] ?? appHost.ProjectName,
        configuration[BuilderConfiguration.StatePathKey] ?? Path.Combine(appHost.Directory, ".mlkit"),
        FindBuildFolder(appHost),
        appHost.Assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } name ? name : "Debug",
        Flag(configuration, "DcpPublisher:RandomizePorts", false),
        options.DisableDashboard,
        AppHostFacts.Metadata(appHost.Assembly, "aspiredashboardpath"),
        Flag(configuration, ConsoleKey, true),
        Names(configuration, HaltedKey),
        Names(configuration, WatchedKey));

    /// <summary>A boolean setting.</summary>
    /// <exception cref="DistributedApplicationException">It is neither true nor false.</exception>
    public static bool Flag(IConfiguration configuration, string key, bool otherwise) => configuration[key] switch
    {
        null or "" => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new DistributedApplicationException($"{key} is '{text}'; allowed are true and false."),
    };

    private static HashSet<string> Names(IConfiguration configuration, string key) => (configuration[key] ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Fails when a setting names a project that is not there.</summary>
    /// <exception cref="DistributedApplicationException">The message has the setting, the name and what is allowed.</exception>
    public void RequireProjects(IEnumerable<string> projects)
    {
        var known = projects.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, names) in new[] { (HaltedKey, Halted), (WatchedKey, Watched) })
        {
            if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                throw new DistributedApplicationException(
                    $"{key} names '{unknown}', which is no .NET project of this application; allowed are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    // Beside the AppHost's own intermediate files: `dotnet clean` and a fresh clone start from nothing, a deleted state folder does not.
    private static string FindBuildFolder(AppHostFacts appHost)
    {
        var intermediate = AppHostFacts.Metadata(appHost.Assembly, "apphostprojectbaseintermediateoutputpath")
            ?? Path.Combine(appHost.Directory, "obj");
        if (Directory.Exists(intermediate))
        {
            return Path.Combine(Path.GetFullPath(intermediate, appHost.Directory), "mlkit");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appHost.Path)))[..16];
        return UserTemp.Folder(Path.Combine("obj", hash));
    }
}
