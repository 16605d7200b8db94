using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>What stands in the files for editors, and in the page for those who know Aspire, exists.</summary>
public sealed partial class EditorFilesTests
{
    [Fact]
    public void Every_launch_configuration_names_a_task_a_project_and_services_that_exist()
    {
        var tasks = Read(".vscode/tasks.json")["tasks"]!.AsArray().Select(t => (string)t!["label"]!).ToHashSet(StringComparer.Ordinal);
        var launch = Read(".vscode/launch.json");
        foreach (var configuration in launch["configurations"]!.AsArray().Where(c => (string?)c!["request"] == "launch"))
        {
            Assert.Contains((string)configuration!["preLaunchTask"]!, tasks);
            var program = ((string)configuration["program"]!).Replace("${workspaceFolder}", Repository.Root, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(program.Split("/bin/")[0], Path.GetFileNameWithoutExtension(program) + ".csproj")), program);
        }

        var appHost = File.ReadAllText(Path.Combine(Repository.Root, "AppHost", "Program.cs"));
        Assert.All(launch["inputs"]![0]!["options"]!.AsArray(), service => Assert.Contains($"\"{service}\"", appHost, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_task_runs_dotnet_on_files_that_exist() => Assert.All(Read(".vscode/tasks.json")["tasks"]!.AsArray(), task =>
    {
        Assert.Equal("dotnet", (string?)task!["command"]);
        var files = task["args"]!.AsArray().Select(a => (string)a!).Where(a => a.EndsWith("proj", StringComparison.Ordinal) || a.EndsWith(".sln", StringComparison.Ordinal));
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));
    });

    [Fact]
    public void Every_test_that_the_page_for_Aspire_users_names_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var named = TestName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "for-aspire-users.md"))).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, sources));
    }

    [Fact]
    public void Every_row_of_that_page_is_checked_by_a_test_or_marked_untested()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "for-aspire-users.md")).SkipWhile(l => l != "## The API")
            .TakeWhile(l => l != "## Costs").Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.Contains("---", StringComparison.Ordinal))
            .Where(l => !l.StartsWith("| claim", StringComparison.Ordinal) && !l.StartsWith("| subject", StringComparison.Ordinal) && !l.StartsWith("| tool", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(row.Contains("**untested**", StringComparison.Ordinal) || TestName().IsMatch(row), row));
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)))!;

    [GeneratedRegex("`(\\w+Tests)`")]
    private static partial Regex TestName();
}
