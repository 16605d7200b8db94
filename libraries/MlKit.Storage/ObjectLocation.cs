namespace MlKit.Storage;

/// <summary>A single object, addressed by a path or URI: its store is the folder that it lies in.</summary>
public static class ObjectLocation
{
    /// <summary>Opens the folder of an object and says the object's key in it.</summary>
    /// <param name="location">A file path, a <c>file:</c> URI, or <c>s3://bucket/prefix/name</c>.</param>
    /// <param name="s3">How <c>s3://</c> locations are reached.</param>
    /// <exception cref="NotSupportedException">The scheme is another one, or the location names no object.</exception>
    public static (IObjectStore Store, string Key) Open(string location, S3Options? s3 = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        if (ObjectStores.IsRemote(location))
        {
            var slash = location.LastIndexOf('/');
            return slash > "s3://".Length && slash < location.Length - 1
                ? (ObjectStores.Open(location[..slash], s3), location[(slash + 1)..])
                : throw new NotSupportedException($"'{location}' names no object; use s3://bucket/prefix/name");
        }

        if (location.Contains("://", StringComparison.Ordinal) && !location.StartsWith("file://", StringComparison.Ordinal))
        {
            throw new NotSupportedException($"'{location}' cannot be opened: allowed are a path, a file: URI and s3://bucket/prefix/name.");
        }

        var path = Path.GetFullPath(location.StartsWith("file://", StringComparison.Ordinal) ? new Uri(location).LocalPath : location);
        return (new FileObjectStore(Path.GetDirectoryName(path)!), Path.GetFileName(path));
    }
}
