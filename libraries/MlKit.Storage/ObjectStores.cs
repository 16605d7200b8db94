namespace MlKit.Storage;

/// <summary>Opens stores by URI.</summary>
public static class ObjectStores
{
    /// <summary>Opens the store at a folder path or <c>file:</c> URI; the folder is created where it is absent.</summary>
    /// <exception cref="NotSupportedException">The scheme is another one; the message names what is supported.</exception>
    public static IObjectStore Open(string location)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        if (location.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(location, UriKind.Absolute, out var uri))
        {
            return uri.IsFile ? new FileObjectStore(uri.LocalPath) : throw new NotSupportedException(
                $"'{location}' cannot be opened: this version stores objects in folders only (a path or a file: URI).");
        }

        const string scheme = "file:";
        return new FileObjectStore(location.StartsWith(scheme, StringComparison.Ordinal) ? location[scheme.Length..] : location);
    }
}
