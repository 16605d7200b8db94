namespace MlKit.Aspire.Embedded.State;

/// <summary>A folder of this user in the system's temporary folder, for what all hosts of the user share.</summary>
internal static class UserTemp
{
    /// <summary>Creates (owner-only) and returns the sub-folder.</summary>
    public static string Folder(string name) =>
        OwnerOnly.CreateFolder(Path.Combine(Path.GetTempPath(), $"mlkit-{Environment.UserName}", name));
}
