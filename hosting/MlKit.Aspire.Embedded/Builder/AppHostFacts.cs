using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Where the AppHost's project is, as its assembly says.</summary>
/// <param name="Assembly">The AppHost's assembly.</param>
/// <param name="Directory">The folder of its project.</param>
/// <param name="ProjectName">The name of its project, without extension.</param>
internal sealed record AppHostFacts(Assembly? Assembly, string Directory, string ProjectName)
{
    private const string ProjectPathKey = "apphostprojectpath";
    private const string ProjectNameKey = "apphostprojectname";

    /// <summary>The path of the project without its extension; identifies the AppHost on this machine.</summary>
    public string Path => System.IO.Path.Combine(Directory, ProjectName);

    public static AppHostFacts Find(DistributedApplicationOptions options)
    {
        var assembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        var projectName = Metadata(assembly, ProjectNameKey) ?? assembly?.GetName().Name ?? "AppHost";
        var directory = options.ProjectDirectory ?? Metadata(assembly, ProjectPathKey) ?? Environment.CurrentDirectory;
        return new(assembly, System.IO.Path.GetFullPath(directory), System.IO.Path.GetFileNameWithoutExtension(projectName));
    }

    /// <summary>An assembly metadata value, or null.</summary>
    public static string? Metadata(Assembly? assembly, string key) => assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
