using System.Collections;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>What children inherit from the host: its environment without what was meant for the host alone.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] HostOnly =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTPS_PORT", "ASPNETCORE_HTTP_PORTS", "DOTNET_URLS", "URLS", "HTTP_PORTS", "HTTPS_PORTS",
        "DOTNET_LAUNCH_PROFILE", "DOTNET_RUN_MESSAGES", "DOTNET_WATCH", "DOTNET_WATCH_ITERATION", "DOTNET_CLI_TELEMETRY_SESSIONID",
    ];

    private static readonly string[] HostOnlyPrefixes = ["ASPIRE_", "DOTNET_RESOURCE_SERVICE_", "DOTNET_DASHBOARD_", "DEBUG_SESSION_", "MSBUILD"];

    /// <summary>The variables to start from; names compare as the system does.</summary>
    public static Dictionary<string, string> Inherited()
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var result = new Dictionary<string, string>(comparer);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (!HostOnly.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !HostOnlyPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                result[name] = (string?)entry.Value ?? "";
            }
        }

        return result;
    }
}
