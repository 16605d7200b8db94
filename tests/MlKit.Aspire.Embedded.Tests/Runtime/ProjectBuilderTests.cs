using System.Diagnostics;
using MlKit.Aspire.Embedded.Building;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

public sealed class ProjectBuilderTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
        </Project>
        """;

    [Fact]
    public async Task One_build_makes_all_good_projects_names_the_errors_of_the_bad_one_and_is_not_repeated()
    {
        using var folder = new TemporaryFolder();
        folder.File("good/Program.cs", "Console.WriteLine(1);");
        var good = folder.File("good/Good.csproj", Project);
        var badSource = folder.File("bad/Program.cs", "Console.WriteLine(1)");
        var bad = folder.File("bad/Bad.csproj", Project);
        using var control = ProcessControl.ForThisSystem();
        var builder = new ProjectBuilder(control, folder.File("facts"), "Debug", TimeProvider.System);
        var log = new List<string>();
        var cancellation = TestContext.Current.CancellationToken;

        var first = await builder.BuildAsync([good, bad], force: false, log.Add, cancellation);

        Assert.True(first[good].Facts is not null, string.Join('\n', log));
        Assert.True(File.Exists(first[good].Facts!.RunCommand), first[good].Facts!.RunCommand);
        Assert.Null(first[bad].Facts);
        Assert.Contains(first[bad].Errors, e => e.Contains("CS1002", StringComparison.Ordinal) && e.Contains("Program.cs", StringComparison.Ordinal));

        File.WriteAllText(badSource, "Console.WriteLine(2);");
        log.Clear();
        var second = await builder.BuildAsync([good, bad], force: false, log.Add, cancellation);
        Assert.True(second[bad].Facts is not null, string.Join('\n', log));
        Assert.Equal("building Bad", log[0]);

        log.Clear();
        var clock = Stopwatch.StartNew();
        var third = await builder.BuildAsync([good, bad], force: false, log.Add, cancellation);
        Assert.Empty(log);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(second[bad].Facts!.TargetPath, third[bad].Facts!.TargetPath);

        folder.File("good/Added.cs", "internal sealed class Added;");
        await builder.BuildAsync([good, bad], force: false, log.Add, cancellation);
        Assert.Equal("building Good", log[0]);
    }

    [Fact]
    public async Task Variables_of_the_build_reach_it_and_a_change_of_one_builds_again()
    {
        using var folder = new TemporaryFolder();
        folder.File("app/Program.cs", "Console.WriteLine(1);");
        var project = folder.File("app/App.csproj", Project.Replace("</PropertyGroup>", "<AssemblyName>$(MADE_NAME)</AssemblyName></PropertyGroup>", StringComparison.Ordinal));
        using var control = ProcessControl.ForThisSystem();
        var builder = new ProjectBuilder(control, folder.File("facts"), "Debug", TimeProvider.System);
        var cancellation = TestContext.Current.CancellationToken;
        async Task<string?> BuildAsync(string name) =>
            Path.GetFileName((await builder.BuildAsync([project], force: false, _ => { }, cancellation, new Dictionary<string, string> { ["MADE_NAME"] = name }))[project].Facts?.TargetPath);

        Assert.Equal("One.dll", await BuildAsync("One"));
        Assert.Equal("Two.dll", await BuildAsync("Two"));
    }
}
