namespace MlKit.Tests;

/// <summary>
/// Finds the shared material (vectors, schemas, data, models) that some tests compare with. It is not part of the
/// repository: a test that needs it calls <see cref="Require"/>, which skips with the reason where it is absent.
/// </summary>
internal static class SharedMaterial
{
    private static readonly string? Root = Find();

    /// <summary>The full path of a file or folder of the shared material; skips the test where it is absent.</summary>
    public static string Require(params string[] parts)
    {
        var path = Optional(parts);
        Assert.SkipWhen(path is null, $"shared material {string.Join('/', parts)} is absent (set MLKIT_SHARED to its folder)");
        return path!;
    }

    /// <summary>The full path, or null where the shared material is absent; for theories that enumerate files.</summary>
    public static string? Optional(params string[] parts)
    {
        if (Root is null)
        {
            return null;
        }

        var path = Path.Combine([Root, .. parts]);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string? Find()
    {
        var configured = Environment.GetEnvironmentVariable("MLKIT_SHARED");
        if (!string.IsNullOrEmpty(configured))
        {
            return Directory.Exists(configured) ? Path.GetFullPath(configured) : null;
        }

        var beside = Path.Combine(Repository.Root, "..", "shared");
        return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
    }
}
