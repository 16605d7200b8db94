using Microsoft.Extensions.Configuration;

namespace MlKit.ServiceDefaults;

/// <summary>The folder in which a service keeps what must survive a restart.</summary>
public static class ServiceState
{
    /// <summary>Configuration key of the folder; the environment form is <c>MLKIT__STATE__PATH</c>.</summary>
    public const string Key = "MLKIT:STATE:PATH";

    /// <summary>
    /// The absolute path of the folder, created where it is absent and readable by its owner only:
    /// the setting, or <c>.mlkit/NAME</c> in the working folder.
    /// </summary>
    /// <exception cref="InvalidOperationException">The path cannot be a folder; the message names key and value.</exception>
    public static string Open(IConfiguration configuration, string service)
    {
        var configured = configuration[Key];
        var path = Path.GetFullPath(string.IsNullOrWhiteSpace(configured) ? Path.Combine(".mlkit", service) : configured);
        try
        {
            return Create(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"MLKIT__STATE__PATH is '{path}', which cannot be used as a folder: {error.Message}", error);
        }
    }

    private static string Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return Directory.CreateDirectory(path, ownerOnly).FullName;
    }
}
