namespace Aspire.Hosting;

/// <summary>A reference to an image, taken apart.</summary>
/// <param name="Image">The name, with the registry where the reference had one.</param>
/// <param name="Tag">The tag, or null.</param>
/// <param name="Digest">The 64 hexadecimal digits of the digest, or null.</param>
internal sealed record ContainerImageReference(string Image, string? Tag, string? Digest)
{
    private const string DigestMark = "@sha256:";

    /// <exception cref="ArgumentException">The reference has no name, or tag or digest are empty.</exception>
    public static ContainerImageReference Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, "image");
        var (rest, digest) = Cut(text, text.IndexOf(DigestMark, StringComparison.Ordinal), DigestMark.Length);

        // A colon before the last slash belongs to the registry's port.
        var colon = rest.LastIndexOf(':');
        var (image, tag) = Cut(rest, colon > rest.LastIndexOf('/') ? colon : -1, 1);
        if (image.Length == 0 || tag is "" || digest is "")
        {
            throw new ArgumentException($"'{text}' is not an image reference of the form repository[:tag][@sha256:digest].", nameof(text));
        }

        return new(image, tag, digest);
    }

    private static (string Before, string? After) Cut(string text, int at, int markLength) =>
        at < 0 ? (text, null) : (text[..at], text[(at + markLength)..]);
}
