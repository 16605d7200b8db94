namespace MlKit.Tests;

/// <summary>Locates the checkout that the running tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds MlKit.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlKit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"MlKit.sln was not found above {AppContext.BaseDirectory}");
    }
}
