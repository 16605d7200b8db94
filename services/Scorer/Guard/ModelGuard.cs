using MlKit.Inference;

namespace MlKit.Scorer.Guard;

/// <summary>Looks at model files before any runtime reads them.</summary>
/// <param name="maxBytes">Largest model, with its external data.</param>
internal sealed class ModelGuard(long maxBytes)
{
    /// <summary>Domains whose operators ONNX Runtime brings itself; others would need a library that the model names.</summary>
    private static readonly HashSet<string> Domains = new(StringComparer.Ordinal)
    {
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc", "com.microsoft.experimental",
        "com.ms.internal.nhwc", "org.pytorch.aten",
    };

    /// <summary>All files that make up the model, the model file first.</summary>
    /// <param name="folder">The model's folder, which no file may leave.</param>
    /// <param name="file">The model file.</param>
    /// <exception cref="InferenceException">Unavailable: the model must not be loaded; the message says why.</exception>
    public IReadOnlyList<string> Check(string folder, string file)
    {
        try
        {
            var files = new List<string> { Contained(folder, file, Path.GetRelativePath(folder, file)) };
            if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                files.AddRange(Inspect(folder, file));
            }

            CheckSize(files);
            return files;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Refused(error.Message, error);
        }
    }

    /// <summary>The file, which exists and lies inside of the folder, links followed.</summary>
    /// <exception cref="InferenceException">It does not.</exception>
    public static string Contained(string folder, string path, string shown)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var full = Path.GetFullPath(path);
        if (!IsBelow(root, full))
        {
            throw Refused($"'{shown}' is outside of the model's folder");
        }

        if (!File.Exists(full))
        {
            throw Refused($"'{shown}' does not exist");
        }

        return IsBelow(Final(root), Final(full)) ? full : throw Refused($"'{shown}' is a link out of the model's folder");
    }

    private static IEnumerable<string> Inspect(string folder, string file)
    {
        var contents = OnnxContents.Read(file);
        foreach (var (domain, name) in contents.Operators)
        {
            if (!Domains.Contains(domain) || name == "EPContext")
            {
                throw Refused($"operator '{name}' of domain '{domain}' is not one of ONNX Runtime's own; allowed domains: {string.Join(", ", Domains.Where(one => one.Length > 0))}");
            }
        }

        var home = Path.GetDirectoryName(Path.GetFullPath(file))!;
        foreach (var location in contents.ExternalFiles)
        {
            if (Path.IsPathRooted(location) || location.Contains('\\', StringComparison.Ordinal) || location.Contains('\0', StringComparison.Ordinal))
            {
                throw Refused($"external data '{location}' must be a path below the model's folder");
            }

            yield return Contained(folder, Path.Combine(home, location), $"external data '{location}'");
        }
    }

    private void CheckSize(List<string> files)
    {
        var size = files.Sum(one => new FileInfo(Final(one)).Length);
        if (size > maxBytes)
        {
            throw Refused($"the model has {size} bytes, MLKIT__SCORER__MAXMODELBYTES allows {maxBytes}");
        }
    }

    private static bool IsBelow(string root, string path) => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link of it followed.</summary>
    private static string Final(string path)
    {
        var at = Path.GetPathRoot(path)!;
        foreach (var part in path[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Combine(at, part);
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            at = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? at;
        }

        return at;
    }

    private static InferenceException Refused(string message, Exception? inner = null) => new(InferenceErrorKind.Unavailable, message, inner);
}
