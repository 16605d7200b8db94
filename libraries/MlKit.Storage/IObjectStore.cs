namespace MlKit.Storage;

/// <summary>
/// Files below one root, wherever it is. A key is a path with <c>/</c> between its parts. Every write is atomic: a
/// reader sees the old content or the new one, and a crash leaves nothing half written. Safe for concurrent use.
/// </summary>
public interface IObjectStore
{
    /// <summary>The root as a URI.</summary>
    Uri Root { get; }

    /// <summary>Size, time and version of an object, or null where there is none.</summary>
    Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for reading; the caller disposes the stream.</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes an object from a stream without holding it in memory, and returns what was written.</summary>
    /// <param name="key">The object.</param>
    /// <param name="content">Its bytes, read to the end.</param>
    /// <param name="condition">What must hold for the object that is replaced; null for anything.</param>
    /// <param name="cancellationToken">Cancels the write; nothing is changed then.</param>
    /// <exception cref="ObjectChangedException">The condition does not hold.</exception>
    /// <exception cref="ObjectKeyException">The key is not allowed, names a folder, or lies below a file.</exception>
    Task<ObjectInfo> WriteAsync(
        string key, Stream content, WriteCondition? condition = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object or a folder with all that is in it; says whether there was anything.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>What lies directly in a folder, ordered by name; empty for a folder that does not exist or a file.</summary>
    /// <param name="folder">The folder; empty text for the root.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ObjectEntry>> ListAsync(string folder, CancellationToken cancellationToken = default);

    /// <summary>All objects below a folder in any depth, with names relative to it, ordered by name; empty where there are none.</summary>
    /// <param name="folder">The folder; empty text for the root.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ObjectEntry>> ListTreeAsync(string folder, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes sure at the start of a service, not at the first clash, that conditions of writes are honoured.
    /// </summary>
    /// <exception cref="NotSupportedException">They are ignored; the message names the endpoint.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    Task RequireConditionalWritesAsync(CancellationToken cancellationToken = default);

    /// <summary>The path of an object on this machine's disk, or null where the store is not on it.</summary>
    string? LocalPath(string key);
}
