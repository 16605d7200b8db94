using System.Text;
using System.Text.RegularExpressions;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Artifacts;

/// <summary>
/// Checks the paths that requests name. A path is refused where any reading of it, however often it is decoded,
/// could leave the folder that it is relative to.
/// </summary>
internal static partial class ArtifactPath
{
    private const int DecodingRounds = 10;

    /// <summary>Bytes that file systems take in a name.</summary>
    private const int LongestName = 255;

    private const int LongestPath = 2048;

    /// <summary>A path as it came, decoded once; without a path the folder itself (empty text).</summary>
    public static string Optional(string? path) => string.IsNullOrEmpty(path) ? "" : Check(path);

    /// <summary>A path that must be there.</summary>
    public static string Required(string? path) => string.IsNullOrEmpty(path) ? throw Refused("") : Check(path);

    /// <summary>A path still encoded, as it stands in the request line.</summary>
    public static string Encoded(string path) => Required(Uri.UnescapeDataString(path));

    private static string Check(string path)
    {
        if (path.Length > LongestPath || Array.Exists(path.Split('/'), part => Encoding.UTF8.GetByteCount(part) > LongestName))
        {
            throw ApiException.Invalid(
                $"The path is too long: at most {LongestPath} characters, and {LongestName} bytes in each part, are allowed.");
        }

        var reading = path;
        for (var round = 0; round < DecodingRounds; round++)
        {
            if (!IsPlain(reading))
            {
                throw Refused(path);
            }

            var decoded = Uri.UnescapeDataString(reading);
            if (decoded == reading)
            {
                return path.TrimEnd('/');
            }

            reading = decoded;
        }

        throw Refused(path);
    }

    private static bool IsPlain(string path)
    {
        if (path[0] == '/' || path.Contains('\\', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal)
            || path.Any(char.IsControl) || Scheme().IsMatch(path))
        {
            return false;
        }

        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var closesPath = i == parts.Length - 1 && i > 0 && parts[i].Length == 0;
            if (!closesPath && parts[i].All(character => character == '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static ApiException Refused(string path) => ApiException.Invalid(
        $"Invalid path '{path}': it must be relative and stay inside its folder (no '..', no empty part, no '\\', no '#', "
        + "no drive or scheme).");

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:")]
    private static partial Regex Scheme();
}
