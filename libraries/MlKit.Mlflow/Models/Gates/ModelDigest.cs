using System.Security.Cryptography;
using System.Text;

namespace MlKit.Mlflow;

/// <summary>
/// Sums up the files of a model folder, whatever the order in which they are listed: SHA-256 over, for each file but
/// <see cref="SignedGateDocument.FileName"/> in ordinal order of its path (separated by <c>/</c>), the path, a NUL, the
/// file's SHA-256 in lower-case hex and a line feed.
/// </summary>
public static class ModelDigest
{
    /// <summary>The digest (64 hex digits) of the files below a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static async Task<string> ComputeAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var hashes = new List<(string Path, string Hash)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, true);
            var hash = await SHA256.HashDataAsync(content, cancellationToken);
            hashes.Add((Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), Convert.ToHexStringLower(hash)));
        }

        return Sum(hashes);
    }

    /// <summary>The digest of files in memory, by path.</summary>
    public static string Compute(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Sum([.. files.Select(file => (file.Key, Convert.ToHexStringLower(SHA256.HashData(file.Value.Span))))]);
    }

    private static string Sum(List<(string Path, string Hash)> files)
    {
        var text = new StringBuilder();
        foreach (var (path, hash) in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (path != SignedGateDocument.FileName)
            {
                text.Append(path).Append('\0').Append(hash).Append('\n');
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
