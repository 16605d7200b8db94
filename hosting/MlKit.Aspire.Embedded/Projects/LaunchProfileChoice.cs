using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>A launch profile and its name.</summary>
internal sealed record LaunchProfileChoice(string Name, LaunchProfile Profile)
{
    private const string DefaultProfileKey = "AppHost:DefaultLaunchProfileName";

    /// <summary>
    /// The profile that counts: the one named, else the AppHost's own where the project has it, else the first that can
    /// be started. Null where the project has none, or none is wanted.
    /// </summary>
    /// <exception cref="DistributedApplicationException">A profile was named that the project does not have.</exception>
    public static LaunchProfileChoice? Find(IProjectMetadata project, ProjectResourceOptions options, IConfiguration configuration)
    {
        if (options.ExcludeLaunchProfile)
        {
            return null;
        }

        var profiles = LaunchSettingsFile.Read(project)?.Profiles ?? [];
        if (options.LaunchProfileName is { } name)
        {
            return Named(profiles, name) ?? throw new DistributedApplicationException(
                $"Launch settings file of '{project.ProjectPath}' does not contain a profile '{name}'. Profiles: {(profiles.Count == 0 ? "none" : string.Join(", ", profiles.Keys))}.");
        }

        return (configuration[DefaultProfileKey] is { Length: > 0 } preferred ? Named(profiles, preferred) : null)
            ?? profiles.Where(p => CanStart(p.Value)).Select(p => new LaunchProfileChoice(p.Key, p.Value)).FirstOrDefault();
    }

    private static LaunchProfileChoice? Named(Dictionary<string, LaunchProfile> profiles, string name) =>
        profiles.TryGetValue(name, out var profile) ? new(name, profile) : null;

    private static bool CanStart(LaunchProfile profile) => profile.CommandName is null or "Project" or "Executable";
}
