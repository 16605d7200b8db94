namespace Aspire.Hosting;

/// <summary>A project that was given by its path.</summary>
internal sealed class ProjectMetadata(string projectPath) : IProjectMetadata
{
    private static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    public string ProjectPath { get; } = projectPath;

    /// <summary>
    /// Finds the project of a path: a project file, a source file, or a folder with exactly one project file. Where it
    /// cannot be found the path itself is taken; the resource then fails when it is started, the others run.
    /// </summary>
    public static ProjectMetadata Find(string path, string appHostDirectory)
    {
        var full = Path.GetFullPath(path, appHostDirectory);
        if (!Directory.Exists(full))
        {
            return new(full);
        }

        var projects = Directory.EnumerateFiles(full).Where(IsProject).Take(2).ToList();
        return new(projects.Count == 1 ? projects[0] : full);
    }

    /// <summary>What is wrong with the path of a project, or null.</summary>
    public static string? Broken(string path)
    {
        if (Directory.Exists(path))
        {
            var count = Directory.EnumerateFiles(path).Count(IsProject);
            return $"the folder '{path}' has {count} project files; name one of them ({string.Join(", ", Extensions)}), or a folder with exactly one";
        }

        if (!File.Exists(path))
        {
            return $"the project '{path}' does not exist";
        }

        return IsProject(path) || Path.GetExtension(path).Equals(".cs", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{path}' is neither a project file ({string.Join(", ", Extensions)}) nor a C# source file (.cs)";
    }

    private static bool IsProject(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
