using Microsoft.Extensions.Configuration;

namespace MlKit.ServiceDefaults;

/// <summary>Reads one secret per file, as Kubernetes mounts them; <c>__</c> in a file name separates sections.</summary>
internal static class MountedSecrets
{
    private const string DefaultPath = "/run/secrets/mlkit";

    public static void AddMountedSecrets(this IConfigurationBuilder configuration)
    {
        var path = Environment.GetEnvironmentVariable("MLKIT__SECRETS__PATH") ?? DefaultPath;
        if (Directory.Exists(path))
        {
            configuration.AddKeyPerFile(path, optional: true, reloadOnChange: false);
        }
    }
}
