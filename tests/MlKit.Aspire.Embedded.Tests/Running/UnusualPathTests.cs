using System.Diagnostics;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>Everything below a folder with spaces and letters outside ASCII: AppHost, host, service, state, build.</summary>
public sealed class UnusualPathTests
{
    private const string Service = """
        var app = WebApplication.Create(args);
        app.MapGet("/", () => $"{Environment.CurrentDirectory}|{Environment.GetEnvironmentVariable("DATA")}|{string.Join(',', args)}");
        app.MapGet("/health", () => "ok");
        app.Run();
        """;

    private const string ServiceProject = """
        <Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>
        """;

    private const string AppHost = """
        var builder = DistributedApplication.CreateBuilder(args);
        builder.AddDotnetProject("service", "../Sérvice one/Service.csproj").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithVolume(name: "data", target: "/data", env: "DATA").WithArgs("größe 1");
        builder.Build().Run();
        """;

    [Fact]
    public async Task A_checkout_in_such_a_folder_builds_runs_and_stops()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        using var folder = new TemporaryFolder();
        folder.File("My checkout ü/Sérvice one/Program.cs", Service);
        var service = folder.File("My checkout ü/Sérvice one/Service.csproj", ServiceProject);
        folder.File("My checkout ü/App Höst/Program.cs", AppHost);
        var project = folder.File("My checkout ü/App Höst/AppHost.csproj", AppHostProject());
        await BuildAsync(project);
        var assembly = Path.Combine(Path.GetDirectoryName(project)!, "bin/Debug/net10.0/AppHost.dll");
        await using var host = AppHostProcess.StartAssembly(assembly, folder.File("My checkout ü/.stäte"));

        var ready = await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "it is ready");
        using var client = new HttpClient();
        var answer = (await client.GetStringAsync(new Uri(ready[ready.IndexOf("http", StringComparison.Ordinal)..]), TestContext.Current.CancellationToken)).Split('|');

        Assert.Equal(Path.GetDirectoryName(service), answer[0]);
        Assert.StartsWith(folder.File("My checkout ü/.stäte"), answer[1], StringComparison.Ordinal);
        Assert.Equal("größe 1", answer[2]);
        host.PressCtrlC();
        Assert.Equal(0, await host.ExitAsync(TimeSpan.FromSeconds(10)));
        Assert.Empty(host.Processes);
    }

    // The host's own assemblies are those of this test; what the package's targets give comes from the repository.
    private static string AppHostProject()
    {
        var build = Path.Combine(MlKit.Tests.Repository.Root, "hosting", "MlKit.Aspire.Embedded", "build");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
                <NoWarn>$(NoWarn);ASPIREPROJECTS001</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <Reference Include="{AppContext.BaseDirectory}MlKit.Aspire.Embedded.dll" />
                <Using Include="Aspire.Hosting" /><Using Include="Aspire.Hosting.ApplicationModel" />
              </ItemGroup>
              <Import Project="{Path.Combine(build, "MlKit.Aspire.Embedded.targets")}" />
            </Project>
            """;
    }

    private static async Task BuildAsync(string project)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-v:quiet", "-nologo", "-nodeReuse:false"]) { RedirectStandardOutput = true })!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, output);
    }
}
