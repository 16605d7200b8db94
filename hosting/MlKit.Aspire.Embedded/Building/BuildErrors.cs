using System.Text.RegularExpressions;

namespace MlKit.Aspire.Embedded.Building;

/// <summary>Finds the errors in MSBuild's output and the project that each belongs to.</summary>
internal sealed partial class BuildErrors
{
    private const int LinesKept = 10;
    private readonly List<(string Project, string Message)> _errors = [];
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _last = [];

    /// <summary>Looks at one line of output.</summary>
    public void Read(string line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _last.Enqueue(line.Trim());
            if (_last.Count > LinesKept)
            {
                _last.Dequeue();
            }
        }

        var match = ErrorLine().Match(line);
        if (match.Success && _seen.Add(line.Trim()))
        {
            var project = match.Groups["project"].Value;
            _errors.Add((project.Split("::")[0], match.Groups["message"].Value.Trim()));
        }
    }

    /// <summary>
    /// The errors of the project itself; where it has none, those of all projects (one it references failed); where there
    /// is none at all (no SDK, say), the last lines of output.
    /// </summary>
    public IReadOnlyList<string> For(string project)
    {
        var own = _errors.Where(e => e.Project == project).Select(e => e.Message).ToList();
        return own.Count > 0 ? own : _errors.Count > 0 ? [.. _errors.Select(e => e.Message)] : [.. _last];
    }

    // "Program.cs(3,5): error CS1002: ; expected [/src/Api/Api.csproj]", or "MSBUILD : error MSB1009: ..." without a project.
    [GeneratedRegex(@"^(?<message>.*?\berror\b[^:\[]*:.*?)(\s\[(?<project>[^\]]+)\])?$")]
    private static partial Regex ErrorLine();
}
