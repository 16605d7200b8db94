using MlKit.Tests;

namespace MlKit.Architecture;

/// <summary>House rules that can be read off the source files.</summary>
public sealed class SourceRuleTests
{
    private const int MaximumLines = 400;

    [Fact]
    public void No_source_file_is_longer_than_the_limit()
    {
        var wrong = Sources("*.cs")
            .Select(file => (File: file, Lines: File.ReadLines(file).Count()))
            .Where(entry => entry.Lines > MaximumLines)
            .Select(entry => $"{entry.File}: {entry.Lines} lines");

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_AppHost_and_the_integrations_compile_against_both_hosts_without_conditions()
    {
        var wrong = Sources("*.cs", "AppHost", "hosting/MlKit.Hosting")
            .Where(file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Product_code_takes_the_time_from_a_TimeProvider()
    {
        string[] clocks = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Thread.Sleep("];
        var wrong = Sources("*.cs", "AppHost", "ServiceDefaults", "services", "libraries", "features", "hosting")
            .Where(file => clocks.Any(File.ReadAllText(file).Contains));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Project_files_name_no_package_version()
    {
        var wrong = ProjectGraph.Projects
            .Where(project => project.Document.Descendants("PackageReference").Any(package => package.Attribute("Version") is not null))
            .Select(project => project.Path);

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_default_build_references_no_package_of_the_official_host()
    {
        var wrong =
            from project in ProjectGraph.Projects
            from package in project.Document.Descendants("PackageReference")
            where ((string?)package.Attribute("Include"))?.StartsWith("Aspire.", StringComparison.Ordinal) == true
            let condition = (string?)package.Attribute("Condition") ?? (string?)package.Parent!.Attribute("Condition") ?? ""
            where !condition.Contains("'Official'", StringComparison.Ordinal)
            select $"{project.Path}: {(string?)package.Attribute("Include")}";

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Sources(string pattern, params string[] folders)
    {
        var roots = folders.Length == 0 ? [""] : folders;
        return roots
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" || part.StartsWith('.')))
            .Select(file => Path.Combine(Repository.Root, file));
    }
}
