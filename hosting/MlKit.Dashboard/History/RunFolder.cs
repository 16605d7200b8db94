using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MlKit.Dashboard.History;

/// <summary>The files of one run: <c>DIRECTORY/APPLICATION-HASH/runs/RUN/{dashboard.db,run.json}</c>, as Aspire lays them out.</summary>
internal sealed record RunFolder(string Path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The database's path.</summary>
    public string Database => System.IO.Path.Combine(Path, "dashboard.db");

    private string InfoFile => System.IO.Path.Combine(Path, "run.json");

    /// <summary>The folder of an application's runs.</summary>
    public static string RunsOf(string directory, string application)
    {
        var safe = new string([.. application.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.').Take(40)]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(application)))[..16];
        return System.IO.Path.Combine(System.IO.Path.GetFullPath(directory), $"{(safe.Trim('.').Length > 0 ? safe.Trim('.') : "app")}-{hash}", "runs");
    }

    /// <summary>True for a name that cannot lead out of the folder of runs.</summary>
    public static bool IsRunId([NotNullWhen(true)] string? id) =>
        id is { Length: > 0 and <= 64 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Makes the folder, for its owner's eyes only.</summary>
    public void Make()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes what is said about the run.</summary>
    public void Save(RunInfo info)
    {
        var next = InfoFile + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(info, Json));
        File.Move(next, InfoFile, overwrite: true);
    }

    /// <summary>
    /// What is said about the run; null where nothing readable is. A run that was cut off ended when its database was
    /// written last.
    /// </summary>
    public RunInfo? Load()
    {
        try
        {
            return JsonSerializer.Deserialize<RunInfo>(File.ReadAllText(InfoFile), Json) is { } info
                ? info.EndedAt is null ? info with { EndedAt = LastWrite() } : info
                : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private DateTimeOffset LastWrite() =>
        new[] { Database, Database + "-wal", InfoFile }.Where(File.Exists).Select(file => new DateTimeOffset(File.GetLastWriteTimeUtc(file))).Max();
}
