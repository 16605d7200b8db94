using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace MlKit.Aspire.Embedded.Building;

/// <summary>Writes the MSBuild files of the host's build: the project that builds all, and a target that reports on each.</summary>
internal static class BuildProjectFiles
{
    // Imported into every project after the SDK's own targets. It must never count as newer than an output, or its
    // first appearance would compile everything again: its time stamp is set back when it is written.
    private const string ReportTargets = """
        <Project>
          <Target Name="MlKitReportBuild" AfterTargets="Build" DependsOnTargets="ComputeRunArguments" Condition="'$(MlKitReportFolder)' != ''">
            <ItemGroup>
              <_MlKitInput Include="$(MSBuildProjectFullPath);$(MSBuildAllProjects);@(Compile->'%(FullPath)');@(Content->'%(FullPath)');@(None->'%(FullPath)');@(EmbeddedResource->'%(FullPath)');@(AdditionalFiles->'%(FullPath)');@(EditorConfigFiles->'%(FullPath)');@(Protobuf->'%(FullPath)')" />
              <_MlKitLine Include="project=$(MSBuildProjectFullPath)" />
              <_MlKitLine Include="target=$([System.IO.Path]::GetFullPath('$(TargetPath)'))" />
              <_MlKitLine Include="command=$([MSBuild]::Escape('$(RunCommand)'))" />
              <_MlKitLine Include="arguments=$([MSBuild]::Escape('$(RunArguments)'))" />
              <_MlKitLine Include="directory=$([MSBuild]::Escape('$(RunWorkingDirectory)'))" />
              <_MlKitLine Include="@(ProjectReference->'reference=%(FullPath)')" />
              <_MlKitLine Include="@(_MlKitInput->'input=%(FullPath)')" />
              <_MlKitLine Include="end=" />
            </ItemGroup>
            <WriteLinesToFile File="$(MlKitReportFolder)/$(MSBuildProjectName)-$([MSBuild]::StableStringHash('$(MSBuildProjectFullPath)')).facts" Lines="@(_MlKitLine)" Overwrite="true" />
          </Target>
        </Project>
        """;

    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes the target file into the folder unless it is there, and returns its path.</summary>
    public static string WriteReportTargets(string folder)
    {
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ReportTargets)))[..8];
        var path = Path.Combine(folder, $"report-{version}.targets");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, ReportTargets);
            File.SetLastWriteTimeUtc(path, LongAgo);
        }

        return path;
    }

    /// <summary>Writes a project that restores and builds all the given ones, and returns its path.</summary>
    public static string WriteTraversal(string folder, IEnumerable<string> projects, string reportTargets)
    {
        var list = projects.ToList();
        var restoreInput = string.Join(';', list.Select(Escape));
        var xml = new XElement("Project",
            new XAttribute("DefaultTargets", "Build"),
            new XElement("PropertyGroup",
                new XElement("RestoreGraphProjectInput", restoreInput)),
            new XElement("ItemGroup",
                list.Select(project => new XElement("MlKitProject", new XAttribute("Include", Escape(project))))),
            new XElement("Import", new XAttribute("Project", "$(MSBuildToolsPath)/NuGet.targets")),
            new XElement("Target", new XAttribute("Name", "Build"),
                new XElement("MSBuild",
                    new XAttribute("Projects", "@(MlKitProject)"),
                    new XAttribute("Targets", "Build"),
                    new XAttribute("BuildInParallel", "true"),
                    new XAttribute("ContinueOnError", "ErrorAndContinue"),
                    new XAttribute("Properties",
                        $"CustomAfterMicrosoftCommonTargets={Escape(reportTargets)};MlKitReportFolder={Escape(folder)}"))));
        var path = Path.Combine(folder, "build.proj");
        var text = xml.ToString();
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
        }

        return path;
    }

    // MSBuild's own characters in a path (a folder named "a;b" or "100%") are written as %xx.
    private static string Escape(string path) => string.Concat(path.Select(c =>
        c is '%' or ';' or '$' or '@' or '(' or ')' or '*' or '?' or '\'' ? $"%{(int)c:x2}" : c.ToString()));
}
