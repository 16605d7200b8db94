namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Writes a chart into a folder. Everything is made before the first file is touched; files of an earlier publish that
/// are no longer part of the chart are removed from <c>templates</c>, other files stay.
/// </summary>
internal static class ChartFolder
{
    private const string Templates = "templates";

    /// <exception cref="DistributedApplicationException">The folder cannot be written, or holds something else.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files)
    {
        try
        {
            RequireChartOrEmpty(folder);
            Directory.CreateDirectory(folder);
            foreach (var (file, text) in files)
            {
                Replace(Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar)), text);
            }

            RemoveStale(folder, files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The output folder '{folder}' (--output-path) cannot be written: {error.Message}", error);
        }
    }

    private static void RequireChartOrEmpty(string folder)
    {
        if (File.Exists(folder))
        {
            throw new DistributedApplicationException($"The output path '{folder}' (--output-path) is a file; a folder is needed.");
        }

        if (Directory.Exists(Path.Combine(folder, Templates)) && !File.Exists(Path.Combine(folder, "Chart.yaml")))
        {
            throw new DistributedApplicationException(
                $"The output folder '{folder}' (--output-path) holds a folder '{Templates}' but no Chart.yaml: it is not a chart. "
                + "Choose an empty folder or one that was published before.");
        }
    }

    private static void Replace(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    private static void RemoveStale(string folder, IReadOnlyDictionary<string, string> files)
    {
        var templates = Path.Combine(folder, Templates);
        foreach (var file in Directory.EnumerateFiles(templates, "*", SearchOption.AllDirectories))
        {
            if (!files.ContainsKey(Path.GetRelativePath(folder, file).Replace('\\', '/')))
            {
                File.Delete(file);
            }
        }

        foreach (var empty in Directory.EnumerateDirectories(templates).Where(sub => !Directory.EnumerateFileSystemEntries(sub).Any()))
        {
            Directory.Delete(empty);
        }
    }
}
