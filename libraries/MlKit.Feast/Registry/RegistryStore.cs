using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MlKit.Storage;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>
/// Feast's file registry: one serialized <c>feast.core.Registry</c>, in a file or an object of a bucket. Reads follow the
/// registry; writes replace it as a whole if nobody else did meanwhile, so that no change is lost and no reader sees half
/// of one.
/// </summary>
public sealed class RegistryStore : IDisposable
{
    private const string SchemaVersion = "1";

    /// <summary>How often a change is made again on what another writer left.</summary>
    private const int Attempts = 10;

    /// <summary>How old a look at a registry that is not on this machine may be.</summary>
    private static readonly TimeSpan RemoteAge = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly Lazy<(IObjectStore Store, string Key)> _place;
    private readonly Lock _reading = new();
    private readonly bool _isRemote;
    private Cached? _cached;

    /// <summary>Makes a store over the registry, which need not exist yet.</summary>
    /// <param name="location">A path, a <c>file:</c> URI or <c>s3://bucket/prefix/registry.db</c>.</param>
    /// <param name="time">The clock; the system's unless given.</param>
    /// <param name="s3">How <c>s3://</c> locations are reached.</param>
    public RegistryStore(string location, TimeProvider? time = null, S3Options? s3 = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        _isRemote = ObjectStores.IsRemote(location);
        Path = _isRemote ? location : System.IO.Path.GetFullPath(
            location.StartsWith("file://", StringComparison.Ordinal) ? new Uri(location).LocalPath : location);
        _time = time ?? TimeProvider.System;
        _place = new Lazy<(IObjectStore Store, string Key)>(() => ObjectLocation.Open(Path, s3));
    }

    /// <summary>Absolute path of the file, or the address of the object.</summary>
    public string Path { get; }

    /// <summary>Whether the registry is there.</summary>
    /// <exception cref="FeastException">That cannot be found out (<see cref="FeastError.Registry"/>).</exception>
    public bool Exists => _isRemote ? Look().Info is not null : File.Exists(Path);

    /// <summary>What one project declares, as the registry says now (in a bucket: a few seconds ago).</summary>
    /// <exception cref="FeastException">The registry is absent or none (<see cref="FeastError.Registry"/>).</exception>
    public ProjectCatalog Catalog(string project)
    {
        var cached = Volatile.Read(ref _cached);
        if (cached is null || !IsCurrent(cached))
        {
            lock (_reading)
            {
                cached = _cached is { } other && IsCurrent(other) ? other : _cached = Renew(_cached);
            }
        }

        return cached.Catalog(project);
    }

    /// <summary>The registry as it is now.</summary>
    /// <exception cref="FeastException">It is absent or no registry (<see cref="FeastError.Registry"/>).</exception>
    public Proto.Registry Load() => Parse(Bytes());

    /// <summary>
    /// Changes the registry and replaces it, with a new version id, if <paramref name="change"/> says so. Where another
    /// writer was faster, the change is made again on what that one left.
    /// </summary>
    /// <param name="change">Changes the message (a fresh one where there is no registry) and says whether to write.</param>
    /// <param name="cancellationToken">Stops before the replacement.</param>
    /// <exception cref="FeastException">The registry cannot be read or written, or other writers were always faster.</exception>
    public async Task UpdateAsync(Func<Proto.Registry, bool> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryUpdateAsync(change, cancellationToken);
                return;
            }
            catch (ObjectChangedException error) when (attempt == Attempts)
            {
                throw new FeastException(
                    FeastError.Registry, $"the registry '{Path}' was changed by others {Attempts} times while it was to be changed here; try again", null, error);
            }
            catch (ObjectChangedException)
            {
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new FeastException(FeastError.Registry, $"the registry '{Path}' cannot be written: {error.Message}", null, error);
            }
        }
    }

    /// <summary>Makes sure that two writers cannot overwrite each other.</summary>
    /// <exception cref="FeastException">The endpoint ignores conditions of writes, or cannot be used.</exception>
    public async Task RequireConditionalWritesAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _place.Value.Store.RequireConditionalWritesAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or NotSupportedException)
        {
            throw new FeastException(FeastError.Registry, $"the registry '{Path}': {error.Message}", null, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_place.IsValueCreated)
        {
            (_place.Value.Store as IDisposable)?.Dispose();
        }
    }

    /// <summary>Now, in the microseconds that Python keeps.</summary>
    internal Timestamp Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)).ToTimestamp();
    }

    private async Task TryUpdateAsync(Func<Proto.Registry, bool> change, CancellationToken cancellationToken)
    {
        var (store, key) = _place.Value;
        var before = await store.StatAsync(key, cancellationToken);
        var registry = before is null ? new Proto.Registry() : Parse(await ReadAsync(store, key, cancellationToken));
        if (!change(registry))
        {
            return;
        }

        registry.RegistrySchemaVersion = SchemaVersion;
        registry.VersionId = Guid.NewGuid().ToString();
        registry.LastUpdated = Now();
        using var content = new MemoryStream(registry.ToByteArray());
        await store.WriteAsync(key, content, before is null ? WriteCondition.IsAbsent : WriteCondition.IsStill(before), cancellationToken);
        Volatile.Write(ref _cached, null);
    }

    private bool IsCurrent(Cached cached) => _isRemote
        ? _time.GetElapsedTime(cached.LookedAt) < RemoteAge
        : cached.Stamp == FileStamp.Of(Path);

    private Cached Renew(Cached? old)
    {
        var (stamp, info) = Look();
        if (old is not null && info is not null && old.Stamp == stamp)
        {
            // The plans of requests hang on the catalog, so an unchanged registry keeps it.
            return old.SeenAgain(_time.GetTimestamp());
        }

        return new Cached(stamp, Load(), _time.GetTimestamp());
    }

    private (FileStamp Stamp, ObjectInfo? Info) Look()
    {
        if (!_isRemote)
        {
            return (FileStamp.Of(Path), null);
        }

        try
        {
            var info = Task.Run(() => _place.Value.Store.StatAsync(_place.Value.Key)).GetAwaiter().GetResult();
            return (new FileStamp(0, info?.Size ?? -1, info?.ETag ?? ""), info);
        }
        catch (IOException error)
        {
            throw new FeastException(FeastError.Registry, $"the registry '{Path}' cannot be read: {error.Message}", null, error);
        }
    }

    private byte[] Bytes()
    {
        try
        {
            return _isRemote
                ? Task.Run(() => ReadAsync(_place.Value.Store, _place.Value.Key, CancellationToken.None)).GetAwaiter().GetResult()
                : File.ReadAllBytes(Path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FeastException(FeastError.Registry, $"the registry '{Path}' is not there; apply the feature definitions first", null, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeastException(FeastError.Registry, $"the registry '{Path}' cannot be read: {error.Message}", null, error);
        }
    }

    private Proto.Registry Parse(byte[] bytes)
    {
        try
        {
            return Proto.Registry.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new FeastException(FeastError.Registry, $"the file '{Path}' is no Feast registry, or only a part of one: {error.Message}", null, error);
        }
    }

    private static async Task<byte[]> ReadAsync(IObjectStore store, string key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(key, cancellationToken);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private sealed class Cached(FileStamp stamp, Proto.Registry registry, long lookedAt)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ProjectCatalog> _projects = new(StringComparer.Ordinal);
        private long _lookedAt = lookedAt;

        public FileStamp Stamp => stamp;

        public long LookedAt => Volatile.Read(ref _lookedAt);

        public ProjectCatalog Catalog(string project) => _projects.GetOrAdd(project, name => new ProjectCatalog(registry, name));

        public Cached SeenAgain(long time)
        {
            Volatile.Write(ref _lookedAt, time);
            return this;
        }
    }

    /// <summary>Enough of a file's status to notice that it was replaced.</summary>
    private readonly record struct FileStamp(long Ticks, long Length, string ETag = "")
    {
        public static FileStamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new FileStamp(file.LastWriteTimeUtc.Ticks, file.Length) : new FileStamp(0, -1);
        }
    }
}
