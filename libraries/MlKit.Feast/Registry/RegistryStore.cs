using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>
/// Feast's file registry: one serialized <c>feast.core.Registry</c>. Reads follow the file (checked by its status on
/// each read, which costs microseconds); writes replace it as a whole, so that a reader never sees half of one.
/// </summary>
public sealed class RegistryStore
{
    private const string SchemaVersion = "1";

    private readonly TimeProvider _time;
    private readonly Lock _reading = new();
    private Cached? _cached;

    /// <summary>Makes a store over the file, which need not exist yet.</summary>
    public RegistryStore(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>Whether the file is there.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>What one project declares, as the file says now.</summary>
    /// <exception cref="FeastException">The file is absent or no registry (<see cref="FeastError.Registry"/>).</exception>
    public ProjectCatalog Catalog(string project)
    {
        var stamp = FileStamp.Of(Path);
        var cached = Volatile.Read(ref _cached);
        if (cached is null || cached.Stamp != stamp)
        {
            lock (_reading)
            {
                cached = _cached is { } other && other.Stamp == stamp ? other : _cached = new Cached(stamp, Load());
            }
        }

        return cached.Catalog(project);
    }

    /// <summary>The registry as the file holds it.</summary>
    /// <exception cref="FeastException">The file is absent or no registry (<see cref="FeastError.Registry"/>).</exception>
    public Proto.Registry Load()
    {
        try
        {
            return Proto.Registry.Parser.ParseFrom(File.ReadAllBytes(Path));
        }
        // A kind of IOException, so it comes first.
        catch (InvalidProtocolBufferException error)
        {
            throw new FeastException(FeastError.Registry, $"the file '{Path}' is no Feast registry, or only a part of one: {error.Message}", null, error);
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

    /// <summary>
    /// Changes the registry and replaces the file, with a new version id, if <paramref name="change"/> says so. Writers
    /// of this library wait for each other by a lock file beside the registry.
    /// </summary>
    /// <param name="change">Changes the message (a fresh one where the file is absent) and says whether to write.</param>
    /// <param name="cancellationToken">Stops waiting for another writer.</param>
    /// <exception cref="FeastException">The file cannot be read or written.</exception>
    public async Task UpdateAsync(Func<Proto.Registry, bool> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await using var turn = await LockFile.TakeAsync(Path + ".lock", _time, cancellationToken);
        var registry = Exists ? Load() : new Proto.Registry();
        if (!change(registry))
        {
            return;
        }

        registry.RegistrySchemaVersion = SchemaVersion;
        registry.VersionId = Guid.NewGuid().ToString();
        registry.LastUpdated = Now();
        try
        {
            await AtomicFile.ReplaceAsync(Path, registry.ToByteArray(), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeastException(FeastError.Registry, $"the registry '{Path}' cannot be written: {error.Message}", null, error);
        }
    }

    /// <summary>Now, in the microseconds that Python keeps.</summary>
    internal Timestamp Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)).ToTimestamp();
    }

    private sealed class Cached(FileStamp stamp, Proto.Registry registry)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ProjectCatalog> _projects = new(StringComparer.Ordinal);

        public FileStamp Stamp => stamp;

        public ProjectCatalog Catalog(string project) => _projects.GetOrAdd(project, name => new ProjectCatalog(registry, name));
    }

    /// <summary>Enough of a file's status to notice that it was replaced.</summary>
    private readonly record struct FileStamp(long Ticks, long Length)
    {
        public static FileStamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new FileStamp(file.LastWriteTimeUtc.Ticks, file.Length) : new FileStamp(0, -1);
        }
    }
}
