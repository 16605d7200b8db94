using System.Text.Json;

namespace Aspire.Hosting.Testing;

/// <summary>The variables of an AppHost's first launch profile, as configuration.</summary>
internal static class LaunchProfileConfiguration
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads <c>Properties/launchSettings.json</c> of the folder; empty where there is none.</summary>
    public static Dictionary<string, string?> First(string appHostDirectory)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var path = Path.Combine(appHostDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return values;
        }

        using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
        if (!document.RootElement.TryGetProperty("profiles", out var profiles) || profiles.EnumerateObject().FirstOrDefault() is not { Value.ValueKind: JsonValueKind.Object } profile)
        {
            return values;
        }

        values["DOTNET_LAUNCH_PROFILE"] = profile.Name;
        if (profile.Value.TryGetProperty("environmentVariables", out var variables))
        {
            foreach (var variable in variables.EnumerateObject())
            {
                values[variable.Name.Replace("__", ":", StringComparison.Ordinal)] = variable.Value.GetString();
            }
        }

        return values;
    }
}
