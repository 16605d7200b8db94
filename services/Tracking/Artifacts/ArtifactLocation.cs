using MlKit.Tracking.Http;

namespace MlKit.Tracking.Artifacts;

/// <summary>Artifact URIs: what experiments may name, how they are extended, and which lie inside which.</summary>
internal static class ArtifactLocation
{
    public const string Scheme = "mlflow-artifacts:";

    private const int Longest = 2048;
    private const int DecodingRounds = 10;

    /// <summary>Checks the location that a caller gives an experiment.</summary>
    public static string Check(string location)
    {
        if (location.Length > Longest)
        {
            throw ApiException.Invalid(
                $"'artifact_location' exceeds the maximum length of {Longest} characters: it has {location.Length}.");
        }

        if (location.StartsWith("runs:", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.Invalid($"'artifact_location' cannot be a runs:/ URI: '{location}'.");
        }

        if (location.AsSpan().IndexOfAny('#', ';') >= 0)
        {
            throw ApiException.Invalid("'artifact_location' must not hold a fragment ('#') or parameters (';').");
        }

        if (location.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            || location.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.Invalid($"'artifact_location' cannot be a web address: '{location}'.");
        }

        return HasTraversal(location)
            ? throw ApiException.Invalid("'artifact_location' must not hold '..' segments.")
            : location;
    }

    /// <summary>Adds a path; a query stays at the end.</summary>
    public static string Append(string location, string path)
    {
        var query = location.IndexOf('?');
        return query < 0
            ? $"{location.TrimEnd('/')}/{path}"
            : $"{location[..query].TrimEnd('/')}/{path}{location[query..]}";
    }

    /// <summary>Whether a location is <paramref name="root"/> or lies below it.</summary>
    public static bool Contains(string root, string location) => location == root
        || (location.StartsWith(root, StringComparison.Ordinal) && location.Length > root.Length && location[root.Length] == '/');

    /// <summary>Whether any reading of the text, however often it is decoded, holds a part <c>..</c>.</summary>
    public static bool HasTraversal(string text)
    {
        for (var round = 0; round < DecodingRounds; round++)
        {
            if (HasParentPart(text))
            {
                return true;
            }

            var decoded = Uri.UnescapeDataString(text);
            if (decoded == text)
            {
                return false;
            }

            text = decoded;
        }

        return true;
    }

    private static bool HasParentPart(string text)
    {
        foreach (var part in text.Split('/', '\\', '?', '=', '&'))
        {
            if (part.Trim() == "..")
            {
                return true;
            }
        }

        return false;
    }
}
