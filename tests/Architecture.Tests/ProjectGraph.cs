using System.Xml.Linq;
using MlKit.Tests;

namespace MlKit.Architecture;

/// <summary>The references between the repository's projects, read from the project files.</summary>
internal static class ProjectGraph
{
    /// <summary>Every project file, by its path from the repository root with forward slashes.</summary>
    public static IReadOnlyList<Project> Projects { get; } = Read();

    private static List<Project> Read() =>
        Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(IsSource)
            .Select(Load)
            .OrderBy(project => project.Path, StringComparer.Ordinal)
            .ToList();

    /// <summary>Build output and hidden folders may hold copies of project files.</summary>
    private static bool IsSource(string file) =>
        !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules" || part.StartsWith('.'));

    private static Project Load(string file)
    {
        var document = XDocument.Load(file);
        var references = document.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => (string?)reference.Attribute("Include"))
            .OfType<string>()
            .Select(Resolve)
            .ToList();
        var links = document.Descendants()
            .Where(item => item.Name.LocalName is not ("ProjectReference" or "PackageReference"))
            .SelectMany(item => ((string?)item.Attribute("Include") ?? "").Split(';'))
            .Where(include => include.StartsWith("..", StringComparison.Ordinal))
            .Select(Resolve)
            .ToList();
        var packages = document.Descendants("PackageReference")
            .Select(reference => (string?)reference.Attribute("Include"))
            .OfType<string>()
            .ToList();
        return new Project(Relative(file), references, packages, links, document);

        string Resolve(string include) => Relative(Path.GetFullPath(include.Replace('\\', '/'), Path.GetDirectoryName(file)!));
    }

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}

/// <summary>One project file: where it is, what it references, the files it takes from other folders, and its text.</summary>
internal sealed record Project(
    string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages, IReadOnlyList<string> Links, XDocument Document)
{
    /// <summary>The folder of the house that the project stands in: AppHost, services, libraries, ...</summary>
    public string Area => Path.Split('/')[0];
}
