using System.Text.RegularExpressions;

namespace MlKit.Aspire.Embedded.Building;

/// <summary>Finds the errors in MSBuild's output and the project that each belongs to.</summary>
internal sealed partial class BuildErrors
{
    private readonly List<(string Project, string Message)> _errors = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>Looks at one line of output.</summary>
    public void Read(string line)
    {
        var match = ErrorLine().Match(line);
        if (match.Success && _seen.Add(line.Trim()))
        {
            var project = match.Groups["project"].Value;
            _errors.Add((project.Split("::")[0], match.Groups["message"].Value.Trim()));
        }
    }

    /// <summary>The errors of the project itself; where it has none, those of all projects (one it references failed).</summary>
    public IReadOnlyList<string> For(string project)
    {
        var own = _errors.Where(e => e.Project == project).Select(e => e.Message).ToList();
        return own.Count > 0 ? own : [.. _errors.Select(e => e.Message)];
    }

    // "Program.cs(3,5): error CS1002: ; expected [/src/Api/Api.csproj]", or "MSBUILD : error MSB1009: ..." without a project.
    [GeneratedRegex(@"^(?<message>.*?\berror\b[^:\[]*:.*?)(\s\[(?<project>[^\]]+)\])?$")]
    private static partial Regex ErrorLine();
}
