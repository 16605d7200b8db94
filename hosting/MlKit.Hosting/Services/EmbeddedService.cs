namespace Aspire.Hosting;

/// <summary>
/// Finds the project of a server that MlKit brings along. The host builds it and starts its output; a host that does
/// not know project metadata on an executable starts it by <c>dotnet run</c>.
/// </summary>
internal sealed class EmbeddedService(string projectPath) : IProjectMetadata
{
    private const string Setting = "MlKit:ServicesPath";

    public string ProjectPath { get; } = projectPath;

    public string Command => "dotnet";

    public string WorkingDirectory { get; } = Path.GetDirectoryName(projectPath)!;

    public string[] Arguments => ["run", "--project", ProjectPath, "--no-launch-profile", "--"];

    /// <summary>The service's project below <c>MlKit:ServicesPath</c>, else in the nearest <c>services</c> folder above the AppHost.</summary>
    /// <exception cref="DistributedApplicationException">It was not found; the message names what was looked for.</exception>
    public static EmbeddedService Find(IDistributedApplicationBuilder builder, string service)
    {
        var project = Path.Combine(service, $"{service}.csproj");
        foreach (var folder in Candidates(builder))
        {
            var path = Path.Combine(folder, project);
            if (File.Exists(path))
            {
                return new EmbeddedService(Path.GetFullPath(path));
            }
        }

        throw new DistributedApplicationException(
            $"The embedded server '{service}' was not found: no services/{project.Replace('\\', '/')} at or above "
            + $"'{builder.AppHostDirectory}'. Set {Setting} to the folder that holds it.");
    }

    private static IEnumerable<string> Candidates(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration[Setting] is { Length: > 0 } configured)
        {
            yield return configured;
            yield break;
        }

        for (var folder = new DirectoryInfo(builder.AppHostDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "services");
        }
    }
}
