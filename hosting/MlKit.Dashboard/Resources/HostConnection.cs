using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Resources;

/// <summary>Whether the host can be reached, and what it says about the application.</summary>
internal sealed class HostConnection(DashboardOptions options)
{
    /// <summary>Raised when anything here changes.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>False when the dashboard stands alone.</summary>
    public bool IsConfigured => options.ResourceServiceUrl is not null;

    /// <summary>True while the host's stream of resources is open.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>The application's name.</summary>
    public string ApplicationName { get; private set; } = options.ApplicationName;

    /// <summary>Names the host's run; empty before the first contact.</summary>
    public string RunId { get; private set; } = "";

    /// <summary>The host has answered.</summary>
    /// <returns>True when it is another run than before.</returns>
    public bool Connected(string applicationName, string runId)
    {
        var isOther = RunId.Length > 0 && RunId != runId;
        ApplicationName = applicationName.Length > 0 ? applicationName : options.ApplicationName;
        RunId = runId;
        IsConnected = true;
        Changes.Raise();
        return isOther;
    }

    /// <summary>The host has gone.</summary>
    public void Disconnected()
    {
        if (IsConnected)
        {
            IsConnected = false;
            Changes.Raise();
        }
    }
}
