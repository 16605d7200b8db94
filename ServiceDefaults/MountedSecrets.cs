using Microsoft.Extensions.Configuration;

namespace MlKit.ServiceDefaults;

/// <summary>Reads one secret per file, as Kubernetes mounts them; <c>__</c> in a file name separates sections.</summary>
public static class MountedSecrets
{
    private const string DefaultPath = "/run/secrets/mlkit";

    /// <summary>
    /// Adds the files below <c>MLKIT__SECRETS__PATH</c> (default <c>/run/secrets/mlkit</c>), each a setting; none where the
    /// folder is missing. Services get them from the service defaults.
    /// </summary>
    public static void AddMountedSecrets(this IConfigurationBuilder configuration)
    {
        var path = Environment.GetEnvironmentVariable("MLKIT__SECRETS__PATH") ?? DefaultPath;
        if (Directory.Exists(path))
        {
            configuration.AddKeyPerFile(path, optional: true, reloadOnChange: false);
        }
    }
}
