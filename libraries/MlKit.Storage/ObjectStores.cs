namespace MlKit.Storage;

/// <summary>Opens stores by URI.</summary>
public static class ObjectStores
{
    /// <summary>
    /// Opens the store at a folder path or <c>file:</c> URI (the folder is created where it is absent), or at
    /// <c>s3://bucket/prefix</c>. A store that is disposable belongs to the caller.
    /// </summary>
    /// <param name="location">Path or URI.</param>
    /// <param name="s3">How <c>s3://</c> locations are reached.</param>
    /// <exception cref="NotSupportedException">The scheme is another one; the message names what is supported.</exception>
    public static IObjectStore Open(string location, S3Options? s3 = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        if (location.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(location, UriKind.Absolute, out var uri))
        {
            return uri switch
            {
                { IsFile: true } => new FileObjectStore(uri.LocalPath),
                { Scheme: "s3" } => new S3ObjectStore(uri, s3),
                _ => throw new NotSupportedException(
                    $"'{location}' cannot be opened: allowed are a path, a file: URI and s3://bucket/prefix."),
            };
        }

        const string scheme = "file:";
        return new FileObjectStore(location.StartsWith(scheme, StringComparison.Ordinal) ? location[scheme.Length..] : location);
    }

    /// <summary>Whether the location is of another machine, so that no path of this one means it.</summary>
    public static bool IsRemote(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.StartsWith("s3://", StringComparison.Ordinal);
    }
}
