using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <summary>Finds the Parquet files behind a source and writes new ones.</summary>
internal sealed class SourceFiles(string root)
{
    /// <summary>The path or pattern of a view's files, for DuckDB.</summary>
    /// <exception cref="FeastException">The view has no files, or none is there.</exception>
    public string Require(CatalogView view)
    {
        var path = PathOf(view);
        var pattern = Directory.Exists(path) ? Path.Combine(path, "**", "*.parquet") : path;
        if (!Any(path))
        {
            throw new FeastException($"feature view '{view.Name}' reads '{path}', where there is no Parquet file");
        }

        return pattern;
    }

    /// <summary>Absolute path of a view's source.</summary>
    public string PathOf(CatalogView view)
    {
        if (view.BatchSource is not { Type: Proto.DataSource.Types.SourceType.BatchFile } source)
        {
            throw new FeastException($"feature view '{view.Name}' has no file source (but {view.BatchSource?.Type.ToString() ?? "none"}); only Parquet files are supported");
        }

        var uri = source.FileOptions?.Uri ?? "";
        var path = uri.StartsWith("file://", StringComparison.Ordinal) ? uri["file://".Length..] : uri;
        return path.Contains("://", StringComparison.Ordinal)
            ? throw new FeastException($"feature view '{view.Name}' reads '{uri}'; supported are paths and file:// addresses")
            : Path.GetFullPath(Path.Combine(root, path));
    }

    private static bool Any(string path)
    {
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(path)
                || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.parquet", SearchOption.AllDirectories).Any());
        }

        var folder = Path.GetDirectoryName(path[..path.IndexOf('*', StringComparison.Ordinal)])!;
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any();
    }
}
