namespace MlKit.Aspire.Embedded.Building;

/// <summary>What a build told about one project: how its output is started and what it was made from.</summary>
/// <param name="ProjectPath">Absolute path of the project file.</param>
/// <param name="TargetPath">Absolute path of the built assembly.</param>
/// <param name="RunCommand">The program to start, normally the built executable; empty when the project is a library.</param>
/// <param name="RunArguments">Arguments that belong to that program, as one command line.</param>
/// <param name="RunWorkingDirectory">The folder to start it in; empty when the project does not say.</param>
/// <param name="References">Absolute paths of the projects it references directly.</param>
/// <param name="Inputs">Absolute paths of the files it was made from, outside the SDK and the package folders.</param>
internal sealed record BuildFacts(
    string ProjectPath,
    string TargetPath,
    string RunCommand,
    string RunArguments,
    string RunWorkingDirectory,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Inputs)
{
    /// <summary>Reads the lines "key=value" that the target in <see cref="BuildProjectFiles"/> writes; null when it is not complete.</summary>
    public static BuildFacts? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadAllLines(path)
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1].Trim());
        if (!lines.Contains("end"))
        {
            return null;
        }

        var inputs = lines["input"].Where(file => file.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return new BuildFacts(
            lines["project"].First(),
            lines["target"].First(),
            lines["command"].FirstOrDefault("").Trim(),
            lines["arguments"].FirstOrDefault(""),
            lines["directory"].FirstOrDefault(""),
            [.. lines["reference"].Where(reference => reference.Length > 0)],
            inputs);
    }
}
