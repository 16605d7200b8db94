namespace Aspire.Hosting;

/// <summary>What of a .NET project's own settings counts.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; null leaves the choice to the host.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether no launch profile counts.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether the Kestrel endpoints of its appsettings do not count.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
