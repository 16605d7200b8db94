using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlKit.Scorer.Loading;

/// <summary>
/// Model files of the registry under the state folder, each version in a folder of its own with the digests of its
/// files, so that a restart loads without a download and a damaged copy is fetched again.
/// </summary>
internal sealed partial class ModelCache(string root, IModelRegistry registry)
{
    private const string DigestEnding = ".digests.json";

    /// <summary>The folder that holds the files of a version, downloaded if need be.</summary>
    /// <exception cref="RegistryException">The files cannot be had.</exception>
    public async Task<string> GetAsync(RegistryVersion version, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, Key(version));
        if (await IsIntactAsync(folder, cancellationToken))
        {
            return folder;
        }

        var incoming = Directory.CreateDirectory(Path.Combine(root, $".incoming-{Guid.NewGuid():n}")).FullName;
        try
        {
            await registry.DownloadAsync(version, incoming, cancellationToken);
            Remove(folder);
            await WriteDigestsAsync(incoming, folder + DigestEnding, cancellationToken);
            Directory.Move(incoming, folder);
            return folder;
        }
        finally
        {
            Remove(incoming);
        }
    }

    /// <summary>Deletes cached versions of a model other than those to keep, and what a crash left behind.</summary>
    public void Trim(string name, IReadOnlyCollection<RegistryVersion> keep)
    {
        var kept = keep.Select(Key).ToHashSet(StringComparer.Ordinal);
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(root, $"{Safe(name)}-*"))
        {
            if (!kept.Contains(Path.GetFileName(folder)!))
            {
                Remove(folder);
                File.Delete(folder + DigestEnding);
            }
        }
    }

    /// <summary>A folder name that only letters, digits and a hash make up, whatever the registry allows in names.</summary>
    private static string Key(RegistryVersion version)
    {
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{version.Name}\n{version.Version}\n{version.Identity}"));
        return $"{Safe(version.Name)}-{Safe(version.Version)}-{Convert.ToHexStringLower(identity)[..16]}";
    }

    private static string Safe(string text)
    {
        const int most = 60;
        var letters = text.Take(most).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        return string.Concat(letters);
    }

    private static async Task<bool> IsIntactAsync(string folder, CancellationToken cancellationToken)
    {
        var file = folder + DigestEnding;
        if (!File.Exists(file) || !Directory.Exists(folder))
        {
            return false;
        }

        try
        {
            var expected = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellationToken), CacheJson.Default.DictionaryStringString);
            return expected is not null && Same(expected, await DigestsAsync(folder, cancellationToken));
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return false;
        }
    }

    private static bool Same(Dictionary<string, string> left, Dictionary<string, string> right) =>
        left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var digest) && digest == pair.Value);

    /// <summary>The digests lie beside the folder: what is in it is the model, whole and nothing else.</summary>
    private static async Task WriteDigestsAsync(string folder, string file, CancellationToken cancellationToken)
    {
        var digests = await DigestsAsync(folder, cancellationToken);
        await File.WriteAllBytesAsync(
            file,
            JsonSerializer.SerializeToUtf8Bytes(digests, CacheJson.Default.DictionaryStringString),
            cancellationToken);
    }

    private static async Task<Dictionary<string, string>> DigestsAsync(string folder, CancellationToken cancellationToken)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            digests[name] = await ModelLoader.DigestAsync(file, cancellationToken);
        }

        return digests;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class CacheJson : JsonSerializerContext;
}
