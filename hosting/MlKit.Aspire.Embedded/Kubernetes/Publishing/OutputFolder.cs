namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Writes what was published into a folder. Everything is made before the first file is touched, and every file is
/// complete beside the old one before the first takes its place: a failure leaves the old output. Files of an earlier
/// publish that are no longer part of it are removed; files that somebody else put there stay.
/// </summary>
internal static class OutputFolder
{
    private const string Templates = "templates";
    private const string NewSuffix = ".new";

    /// <exception cref="DistributedApplicationException">The folder cannot be written, or holds something else.</exception>
    public static void Write(string folder, OutputFormat format, IReadOnlyDictionary<string, string> files)
    {
        try
        {
            RequireOwn(folder, format);
            Directory.CreateDirectory(folder);
            Replace(folder, files);
            RemoveStale(folder, format, files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The output folder '{folder}' (--output-path) cannot be written: {error.Message}", error);
        }
    }

    private static void RequireOwn(string folder, OutputFormat format)
    {
        if (File.Exists(folder))
        {
            throw new DistributedApplicationException($"The output path '{folder}' (--output-path) is a file; a folder is needed.");
        }

        var isChart = File.Exists(Path.Combine(folder, "Chart.yaml"));
        if (format == OutputFormat.Helm && !isChart && Directory.Exists(Path.Combine(folder, Templates)))
        {
            throw new DistributedApplicationException(
                $"The output folder '{folder}' (--output-path) holds a folder '{Templates}' but no Chart.yaml: it is not a chart. "
                + "Choose an empty folder or one that was published before.");
        }

        if (format != OutputFormat.Helm && isChart)
        {
            throw new DistributedApplicationException(
                $"The output folder '{folder}' (--output-path) holds a Helm chart; choose another folder for --output-format {OutputFormats.NameOf(format)}.");
        }
    }

    private static void Replace(string folder, IReadOnlyDictionary<string, string> files)
    {
        var changed = files.Select(file => (Path: Absolute(folder, file.Key), Text: file.Value))
            .Where(file => !File.Exists(file.Path) || File.ReadAllText(file.Path) != file.Text)
            .ToList();
        try
        {
            foreach (var (path, text) in changed)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path + NewSuffix, text);
                if (!OperatingSystem.IsWindows() && path.EndsWith(".sh", StringComparison.Ordinal))
                {
                    File.SetUnixFileMode(path + NewSuffix, File.GetUnixFileMode(path + NewSuffix) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
                }
            }

            changed.ForEach(file => File.Move(file.Path + NewSuffix, file.Path, overwrite: true));
        }
        catch
        {
            foreach (var (path, _) in changed.Where(file => File.Exists(file.Path + NewSuffix)))
            {
                File.Delete(path + NewSuffix);
            }

            throw;
        }
    }

    private static void RemoveStale(string folder, OutputFormat format, IReadOnlyDictionary<string, string> files)
    {
        var root = format == OutputFormat.Helm ? Path.Combine(folder, Templates) : folder;
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToList())
        {
            if (!files.ContainsKey(Path.GetRelativePath(folder, file).Replace('\\', '/')) && (format == OutputFormat.Helm || IsPublished(file)))
            {
                File.Delete(file);
            }
        }

        foreach (var empty in Directory.EnumerateDirectories(root).Where(sub => !Directory.EnumerateFileSystemEntries(sub).Any()).ToList())
        {
            Directory.Delete(empty);
        }
    }

    private static bool IsPublished(string file) =>
        file.EndsWith(".yaml", StringComparison.Ordinal) && File.ReadLines(file).FirstOrDefault() == ManifestFiles.Header;

    private static string Absolute(string folder, string file) => Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));
}
