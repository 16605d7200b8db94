using MlKit.Mlflow;
using MlKit.ServiceDefaults;

namespace MlKit.Scorer.Loading;

/// <summary>
/// Makes the file of the public key from the secret that gate documents are signed with, in a process that ends: the one
/// that serves needs the public half only and is not given the secret.
/// </summary>
internal static class GateKeyFile
{
    public const string Argument = "--write-gate-key";

    private const string Setting = "MLKIT:GATE:SIGNINGKEY";

    /// <returns>The exit code: 0 written, 1 not, and one line says why.</returns>
    public static Task<int> WriteAsync(string path)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables();
        configuration.AddMountedSecrets();
        return WriteAsync(configuration.Build(), path);
    }

    internal static async Task<int> WriteAsync(IConfiguration configuration, string path)
    {
        try
        {
            var secret = configuration[Setting]?.Trim() is { Length: > 0 } text ? text
                : throw new GateDocumentException("it is not set; allowed: the secret of the training job's MLKIT__GATE__SIGNINGKEY");
            using var key = GateSigningKey.FromSecret(secret);
            await File.WriteAllTextAsync(path, key.PublicKeyPem);
            return 0;
        }
        catch (GateDocumentException error)
        {
            await Console.Error.WriteLineAsync($"scorer: MLKIT__GATE__SIGNINGKEY cannot be used: {error.Message}");
            return 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"scorer: {error.Message}");
            return 1;
        }
    }
}
