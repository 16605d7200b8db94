using System.Diagnostics.CodeAnalysis;

namespace MlKit.Mlflow;

/// <summary>
/// A <c>models:/</c> URI: <c>models:/name/version</c>, <c>models:/name@alias</c>, <c>models:/name/latest</c> or
/// <c>models:/m-...</c> (a logged model).
/// </summary>
public sealed record ModelUri
{
    private const string Scheme = "models:/";
    private const string Allowed =
        "allowed are models:/name/version, models:/name@alias, models:/name/latest and models:/m-<32 hex digits>";

    private ModelUri()
    {
    }

    /// <summary>The registered model, or null for a logged model.</summary>
    public string? Name { get; private init; }

    /// <summary>The version; null for an alias, a logged model or the latest version.</summary>
    public string? Version { get; private init; }

    /// <summary>The alias, or null.</summary>
    public string? Alias { get; private init; }

    /// <summary>The logged model's id, or null.</summary>
    public string? ModelId { get; private init; }

    /// <summary>Reads a URI.</summary>
    /// <exception cref="FormatException">It is none of the four forms; the message names what is allowed.</exception>
    public static ModelUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a model URI: {Allowed}.");

    /// <summary>Reads a URI and says whether it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ModelUri? uri)
    {
        uri = null;
        if (text is null || !text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        uri = ParsePath(text[Scheme.Length..].TrimStart('/'));
        return uri is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Scheme + (ModelId ?? (Alias is not null ? $"{Name}@{Alias}" : $"{Name}/{Version ?? "latest"}"));

    private static ModelUri? ParsePath(string path)
    {
        if (IsModelId(path))
        {
            return new ModelUri { ModelId = path };
        }

        var parts = path.Split('/');
        if (parts.Length == 1)
        {
            var at = path.LastIndexOf('@');
            return at > 0 && at < path.Length - 1 ? new ModelUri { Name = path[..at], Alias = path[(at + 1)..] } : null;
        }

        if (parts.Length != 2 || parts[0].Length == 0)
        {
            return null;
        }

        if (parts[1].Equals("latest", StringComparison.OrdinalIgnoreCase))
        {
            return new ModelUri { Name = parts[0] };
        }

        return parts[1].Length > 0 && parts[1].All(char.IsAsciiDigit)
            ? new ModelUri { Name = parts[0], Version = parts[1] }
            : null;
    }

    private static bool IsModelId(string text) =>
        text.Length == 34 && text.StartsWith("m-", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept("0123456789abcdef") < 0;
}
