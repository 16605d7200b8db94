using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>Reads the launch settings of a project.</summary>
internal static partial class LaunchSettingsFile
{
    /// <summary>The settings beside the project, or null where it has none.</summary>
    /// <exception cref="DistributedApplicationException">The file is not valid.</exception>
    public static LaunchSettings? Read(IProjectMetadata project)
    {
        if (project.LaunchSettings is { } own)
        {
            return own;
        }

        var path = PathOf(project);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), Context.Default.LaunchSettings);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The launch settings '{path}' are not valid: {e.Message}", e);
        }
    }

    // A file-based app has its settings beside it, under its own name.
    private static string PathOf(IProjectMetadata project)
    {
        var folder = Path.GetDirectoryName(project.ProjectPath) ?? string.Empty;
        return project.IsFileBasedApp
            ? Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(project.ProjectPath)}.run.json")
            : Path.Combine(folder, "Properties", "launchSettings.json");
    }

    [JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
    [JsonSerializable(typeof(LaunchSettings))]
    private sealed partial class Context : JsonSerializerContext;
}
