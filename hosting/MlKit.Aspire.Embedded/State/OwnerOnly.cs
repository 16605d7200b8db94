namespace MlKit.Aspire.Embedded.State;

/// <summary>Creates folders that only their owner may read, where the system knows such modes.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder and those above it; an existing folder keeps its content and loses foreign rights.</summary>
    public static string CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // A profile folder is private by inheritance; elsewhere the user chose the place and its rights.
            Directory.CreateDirectory(path);
            return path;
        }

        Directory.CreateDirectory(path, Mode);
        if ((File.GetUnixFileMode(path) & ~Mode) != 0)
        {
            File.SetUnixFileMode(path, Mode);
        }

        return path;
    }
}
