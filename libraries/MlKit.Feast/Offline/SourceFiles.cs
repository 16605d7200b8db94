using System.Collections.Concurrent;
using MlKit.Storage;
using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>Finds the Parquet files behind a source: on this machine, or in a bucket by way of local copies.</summary>
/// <param name="root">Where relative paths start: a folder or <c>s3://bucket/prefix</c>.</param>
/// <param name="options">Where copies go and how much of them there may be.</param>
/// <param name="s3">How <c>s3://</c> locations are reached.</param>
internal sealed class SourceFiles(string root, OfflineStoreOptions options, S3Options? s3) : IDisposable
{
    private readonly string _root = ObjectStores.IsRemote(root) ? root.TrimEnd('/') : Path.GetFullPath(
        root.StartsWith("file://", StringComparison.Ordinal) ? new Uri(root).LocalPath : root);

    private readonly ConcurrentDictionary<string, IObjectStore> _buckets = new(StringComparer.Ordinal);

    /// <summary>Paths or patterns of a view's files, for DuckDB; in the order of their names.</summary>
    /// <exception cref="FeastException">The view has no files, or none is there.</exception>
    public async Task<IReadOnlyList<string>> RequireAsync(CatalogView view, CancellationToken cancellationToken)
    {
        var place = PlaceOf(view);
        var files = ObjectStores.IsRemote(place) ? await CopiesAsync(view, place, cancellationToken) : Local(place);
        return files.Count > 0
            ? files
            : throw new FeastException($"feature view '{view.Name}' reads '{place}', where there is no Parquet file");
    }

    /// <summary>The path or address of a view's source.</summary>
    public string PlaceOf(CatalogView view)
    {
        if (view.BatchSource is not { Type: Proto.DataSource.Types.SourceType.BatchFile } source)
        {
            throw new FeastException($"feature view '{view.Name}' has no file source (but {view.BatchSource?.Type.ToString() ?? "none"}); only Parquet files are supported");
        }

        var uri = source.FileOptions?.Uri ?? "";
        var path = uri.StartsWith("file://", StringComparison.Ordinal) ? uri["file://".Length..] : uri;
        if (ObjectStores.IsRemote(path))
        {
            return path;
        }

        if (path.Contains("://", StringComparison.Ordinal))
        {
            throw new FeastException($"feature view '{view.Name}' reads '{uri}'; supported are paths, file:// and s3:// addresses");
        }

        return ObjectStores.IsRemote(_root) && !Path.IsPathRooted(path) ? $"{_root}/{path.TrimStart('/')}" : Path.GetFullPath(Path.Combine(_root, path));
    }

    /// <summary>The bucket's root and the key of a place in it.</summary>
    public (IObjectStore Store, string Key) Bucket(string place)
    {
        var slash = place.IndexOf('/', "s3://".Length);
        var bucket = slash < 0 ? place : place[..slash];
        return (_buckets.GetOrAdd(bucket, location => ObjectStores.Open(location, s3)), slash < 0 ? "" : place[(slash + 1)..].Trim('/'));
    }

    public void Dispose()
    {
        foreach (var bucket in _buckets.Values.OfType<IDisposable>())
        {
            bucket.Dispose();
        }
    }

    private async Task<IReadOnlyList<string>> CopiesAsync(CatalogView view, string place, CancellationToken cancellationToken)
    {
        var (store, key) = Bucket(place);
        if (key.Contains('*', StringComparison.Ordinal))
        {
            throw new FeastException($"feature view '{view.Name}' reads the pattern '{place}'; in a bucket a source is a folder or a .parquet object");
        }

        try
        {
            var keys = key.EndsWith(".parquet", StringComparison.Ordinal) ? [key]
                : (await store.ListTreeAsync(key, cancellationToken)).Where(entry => entry.Name.EndsWith(".parquet", StringComparison.Ordinal))
                    .Select(entry => key.Length == 0 ? entry.Name : $"{key}/{entry.Name}").ToList();
            var copies = new LocalCopies(store, options.CachePath, options.CacheMegabytes * 1024L * 1024);
            var files = new List<string>(keys.Count);
            foreach (var file in keys)
            {
                files.Add(await copies.GetAsync(file, cancellationToken));
            }

            return files;
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (IOException error)
        {
            throw new FeastException($"the files of feature view '{view.Name}' cannot be used: {error.Message}", error);
        }
    }

    private static IReadOnlyList<string> Local(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*.parquet", SearchOption.AllDirectories).Any() ? [Path.Combine(path, "**", "*.parquet")] : [];
        }

        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(path) ? [path] : [];
        }

        var folder = Path.GetDirectoryName(path[..path.IndexOf('*', StringComparison.Ordinal)])!;
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any() ? [path] : [];
    }
}
