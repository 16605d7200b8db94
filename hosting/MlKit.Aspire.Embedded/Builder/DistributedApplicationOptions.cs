namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>A registry that all images are taken from.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Whether the output of resources goes to the host's log too.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The name of the AppHost's assembly; the default is the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether the dashboard stays off.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The AppHost's folder; the default is known from its assembly.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>The name of the application in the dashboard.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Whether plain http is allowed for the dashboard.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether resources trust the developer certificate.</summary>
    public bool? TrustDeveloperCertificate { get; set; }

    /// <summary>Whether https endpoints are served with the developer certificate.</summary>
    public bool? DeveloperCertificateDefaultHttpsTerminationEnabled { get; set; }
}
