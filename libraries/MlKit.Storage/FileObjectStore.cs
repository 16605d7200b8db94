using System.Buffers;

namespace MlKit.Storage;

/// <summary>Objects as files below a folder.</summary>
public sealed class FileObjectStore : IObjectStore
{
    /// <summary>Where files are while they are written: on the same disk, so that the last step is a rename.</summary>
    private const string PartialFolder = ".mlkit-partial";

    private const int PublishAttempts = 5;

    private const int CopySize = 512 * 1024;

    private const int BufferSize = 128 * 1024;

    private readonly string _root;
    private readonly string _partial;

    /// <summary>Opens the folder; creates it where it is absent.</summary>
    public FileObjectStore(string folder)
    {
        _root = Path.GetFullPath(folder);
        _partial = Path.Combine(_root, PartialFolder);
        Directory.CreateDirectory(_root);
        Root = new Uri(_root + Path.DirectorySeparatorChar);
        RemoveAbandoned();
    }

    /// <inheritdoc />
    public Uri Root { get; }

    /// <inheritdoc />
    public Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(Stat(Resolve(key)));

    /// <inheritdoc />
    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = Resolve(key);
        return File.Exists(path)
            ? Task.FromResult<Stream>(new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.Asynchronous))
            : throw new FileNotFoundException($"'{key}' does not exist below {_root}.", path);
    }

    /// <inheritdoc />
    public async Task<ObjectInfo> WriteAsync(
        string key, Stream content, WriteCondition? condition = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = Resolve(key);
        RequireFilePlace(key, path);
        Directory.CreateDirectory(_partial);
        var partial = Path.Combine(_partial, Guid.NewGuid().ToString("n"));
        try
        {
            await CopyAsync(content, partial, flush: condition is not null, cancellationToken);
            return condition is null
                ? Publish(key, partial, path)
                : await PublishIfAsync(key, partial, path, condition, cancellationToken);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Writes what comes in pieces as large as they come: half the work of a stream between two buffers.</summary>
    private static async Task CopyAsync(Stream content, string file, bool flush, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        var buffer = ArrayPool<byte>.Shared.Rent(CopySize);
        try
        {
            long written = 0;
            int count;
            while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await RandomAccess.WriteAsync(handle, buffer.AsMemory(0, count), written, cancellationToken);
                written += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (flush)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <inheritdoc />
    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = Resolve(key);
        if (File.Exists(path))
        {
            File.Delete(path);
            return Task.FromResult(true);
        }

        if (!Directory.Exists(path))
        {
            return Task.FromResult(false);
        }

        // Moved away first: nobody sees a folder that is half gone.
        Directory.CreateDirectory(_partial);
        var doomed = Path.Combine(_partial, Guid.NewGuid().ToString("n"));
        try
        {
            Directory.Move(path, doomed);
        }
        catch (DirectoryNotFoundException)
        {
            return Task.FromResult(false);
        }

        Directory.Delete(doomed, recursive: true);
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ObjectEntry>> ListAsync(string folder, CancellationToken cancellationToken = default)
    {
        var path = folder.Length == 0 ? _root : Resolve(folder);
        try
        {
            return Task.FromResult(Directory.Exists(path) ? List(path, isRoot: folder.Length == 0) : []);
        }
        catch (DirectoryNotFoundException)
        {
            return Task.FromResult<IReadOnlyList<ObjectEntry>>([]);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ObjectEntry>> ListTreeAsync(string folder, CancellationToken cancellationToken = default)
    {
        var entries = new List<ObjectEntry>();
        foreach (var entry in await ListAsync(folder, cancellationToken))
        {
            var below = entry.IsFolder ? await ListTreeAsync(folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}", cancellationToken) : [entry with { Name = "" }];
            entries.AddRange(below.Select(one => one with { Name = one.Name.Length == 0 ? entry.Name : $"{entry.Name}/{one.Name}" }));
        }

        return [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<ObjectEntry> List(string path, bool isRoot) =>
    [
        .. new DirectoryInfo(path).EnumerateFileSystemInfos()
            .Where(item => item.LinkTarget is null && !(isRoot && item.Name == PartialFolder))
            .Select(item => item is FileInfo { Exists: true } file
                ? new ObjectEntry(file.Name, IsFolder: false, file.Length)
                : new ObjectEntry(item.Name, IsFolder: item is DirectoryInfo, 0))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    /// <inheritdoc />
    public Task RequireConditionalWritesAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc />
    public string? LocalPath(string key) => Resolve(key);

    /// <summary>The path of a key; refuses keys that leave the root, through links too.</summary>
    private string Resolve(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parts = ObjectKey.Parts(key);
        if (parts[0] == PartialFolder)
        {
            throw new ObjectKeyException(key, "the name is reserved");
        }

        var path = _root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new ObjectKeyException(key, "links are not followed");
            }
        }

        return path;
    }

    private void RequireFilePlace(string key, string path)
    {
        if (Directory.Exists(path))
        {
            throw new ObjectKeyException(key, "a folder of that name exists");
        }

        for (var parent = Path.GetDirectoryName(path)!; parent.Length > _root.Length; parent = Path.GetDirectoryName(parent)!)
        {
            if (File.Exists(parent))
            {
                throw new ObjectKeyException(key, $"'{Path.GetRelativePath(_root, parent)}' is a file");
            }
        }
    }

    /// <summary>Moves a file into its place; tries again where others delete or make folders on the way meanwhile.</summary>
    private ObjectInfo Publish(string key, string partial, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            RequireFilePlace(key, path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(partial, path, overwrite: true);
                break;
            }
            catch (IOException) when (attempt < PublishAttempts)
            {
            }
        }

        return Stat(path) ?? throw new FileNotFoundException($"'{key}' was deleted while it was written.", path);
    }

    /// <summary>Compares and replaces under a lock that other processes see, too.</summary>
    private async Task<ObjectInfo> PublishIfAsync(
        string key, string partial, string path, WriteCondition condition, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var held = await FileLock.AcquireAsync(Path.Combine(_partial, LockName(key)), cancellationToken);
        var before = Stat(path);
        if (before?.ETag != condition.ETag)
        {
            throw new ObjectChangedException(key);
        }

        // The version is made of time and size: two writes must not share a tick of the clock.
        if (before is not null && File.GetLastWriteTimeUtc(partial) <= before.LastModified.UtcDateTime)
        {
            File.SetLastWriteTimeUtc(partial, before.LastModified.UtcDateTime.AddTicks(1));
        }

        return Publish(key, partial, path);
    }

    private static string LockName(string key) =>
        "lock-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    private static ObjectInfo? Stat(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? new ObjectInfo(file.Length, file.LastWriteTimeUtc, $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}")
            : null;
    }

    /// <summary>Removes what writers left that were killed; a file that another process is writing is younger.</summary>
    private void RemoveAbandoned()
    {
        if (!Directory.Exists(_partial))
        {
            return;
        }

        var limit = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime;
        foreach (var item in new DirectoryInfo(_partial).EnumerateFileSystemInfos().Where(item => item.LastWriteTimeUtc < limit))
        {
            if (item is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                item.Delete();
            }
        }
    }
}
