namespace MlKit.Aspire.Embedded.Processes;

/// <summary>Finds the file that a command means.</summary>
internal static class ProgramPath
{
    /// <summary>The absolute path of the program.</summary>
    /// <exception cref="ProcessStartException">No such file, or none of that name in PATH.</exception>
    public static string Resolve(ChildStart start)
    {
        if (!Directory.Exists(start.WorkingDirectory))
        {
            throw new ProcessStartException($"the working directory '{start.WorkingDirectory}' of '{start.Owner}' does not exist");
        }

        if (HasFolder(start.FileName))
        {
            var path = Path.GetFullPath(start.FileName, start.WorkingDirectory);
            return Candidates(path).FirstOrDefault(File.Exists)
                ?? throw new ProcessStartException($"'{path}' (command of '{start.Owner}') does not exist");
        }

        var folders = start.Environment.FirstOrDefault(e => e.Key.Equals("PATH", StringComparison.OrdinalIgnoreCase)).Value ?? "";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => Candidates(Path.Combine(folder, start.FileName)))
                .FirstOrDefault(IsProgram)
            ?? throw new ProcessStartException($"'{start.FileName}' (command of '{start.Owner}') was not found in PATH; install it or give its full path");
    }

    private static bool HasFolder(string name) =>
        name.Contains(Path.DirectorySeparatorChar) || name.Contains(Path.AltDirectorySeparatorChar);

    private static IEnumerable<string> Candidates(string path) =>
        OperatingSystem.IsWindows() && !Path.HasExtension(path) ? [path + ".exe", path + ".cmd", path + ".bat", path] : [path];

    private static bool IsProgram(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0);
    }
}
