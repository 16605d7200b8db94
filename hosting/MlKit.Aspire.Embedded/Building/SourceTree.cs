namespace MlKit.Aspire.Embedded.Building;

/// <summary>The files in a project's folder that a build may read: all but outputs, hidden folders and packages.</summary>
internal static class SourceTree
{
    /// <summary>The files, in a stable order.</summary>
    public static IEnumerable<FileInfo> Files(string root)
    {
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (open.TryPop(out var folder))
        {
            if (!folder.Exists)
            {
                continue;
            }

            foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                if (entry is FileInfo file)
                {
                    yield return file;
                }
                else if (entry is DirectoryInfo sub && IsSource(sub))
                {
                    open.Push(sub);
                }
            }
        }
    }

    private static bool IsSource(DirectoryInfo folder) =>
        folder.Name is not ("bin" or "obj" or "node_modules") && !folder.Name.StartsWith('.') && folder.LinkTarget is null;
}
