using MlKit.Storage;

namespace MlKit.Feast;

/// <summary>Writes feature rows to a view's files: a new file in the source's folder, or the source's own file, replaced.</summary>
internal sealed class OfflineWriter(SourceFiles files, OfflineStoreOptions options, TimeProvider time)
{
    /// <summary>How often rows are added again to an object that another writer changed meanwhile.</summary>
    private const int Attempts = 10;

    /// <param name="view">The view.</param>
    /// <param name="rows">Join keys, features, the timestamp column and the created column where there is one.</param>
    /// <param name="append">Whether older rows stay.</param>
    /// <param name="alsoOnline">Whether the rows go to the online store as well; the name of the new file tells.</param>
    /// <param name="cancellationToken">Stops before the files change.</param>
    public async Task WriteAsync(CatalogView view, FeatureFrame rows, bool append, bool alsoOnline, CancellationToken cancellationToken)
    {
        var place = files.PlaceOf(view);
        if (place.Contains('*', StringComparison.Ordinal))
        {
            throw new FeastException($"feature view '{view.Name}' reads the pattern '{place}'; rows can be written to a folder or a .parquet file only");
        }

        var folder = Directory.CreateTempSubdirectory("mlkit-feast-write-").FullName;
        try
        {
            var file = Path.Combine(folder, "rows.parquet");
            if (ObjectStores.IsRemote(place))
            {
                await WriteRemoteAsync(view, rows, place, file, append, alsoOnline, cancellationToken);
            }
            else if (IsFile(place))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                // Rows are added to what is read: of two writers one must wait, or its rows would be lost.
                await using var held = await FileLock.AcquireAsync(place + ".lock", cancellationToken);
                await Task.Run(() => WriteFile(view, rows, place, append, cancellationToken), cancellationToken);
            }
            else
            {
                await Task.Run(() => WriteFolder(view, rows, place, append, alsoOnline, cancellationToken), cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsFile(string place) => place.EndsWith(".parquet", StringComparison.Ordinal);

    private void WriteFile(CatalogView view, FeatureFrame rows, string place, bool append, CancellationToken cancellationToken) =>
        OfflineStore.Guard(view, () => Copy(view, rows, place, append && File.Exists(place) ? place : null, cancellationToken));

    private void WriteFolder(CatalogView view, FeatureFrame rows, string place, bool append, bool alsoOnline, CancellationToken cancellationToken) =>
        OfflineStore.Guard(view, () =>
        {
            Directory.CreateDirectory(place);
            string[] old = append ? [] : Directory.GetFiles(place, "*.parquet", SearchOption.AllDirectories);
            Copy(view, rows, Path.Combine(place, NewName(alsoOnline)), null, cancellationToken);
            foreach (var file in old)
            {
                File.Delete(file);
            }

            return true;
        });

    private async Task WriteRemoteAsync(
        CatalogView view, FeatureFrame rows, string place, string file, bool append, bool alsoOnline, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await TryWriteRemoteAsync(view, rows, place, file, append, alsoOnline, cancellationToken);
                    return;
                }
                catch (ObjectChangedException) when (attempt < Attempts)
                {
                    // Another writer was faster; the rows are added to what that one left.
                }
            }
        }
        catch (IOException error)
        {
            throw new FeastException($"the files of feature view '{view.Name}' cannot be written: {error.Message}", error);
        }
    }

    private async Task TryWriteRemoteAsync(
        CatalogView view, FeatureFrame rows, string place, string file, bool append, bool alsoOnline, CancellationToken cancellationToken)
    {
        var (store, key) = files.Bucket(place);
        var isFile = IsFile(key);
        var before = isFile ? await store.StatAsync(key, cancellationToken) : null;
        var old = isFile && append && before is not null ? (await files.RequireAsync(view, cancellationToken))[0] : null;
        await Task.Run(() => OfflineStore.Guard(view, () => Copy(view, rows, file, old, cancellationToken)), cancellationToken);
        var target = isFile ? key : $"{key}/{NewName(alsoOnline)}".TrimStart('/');
        // A single object that rows are added to must be the one that was read, or the rows of another writer would be lost.
        var condition = !isFile || !append ? null : before is null ? WriteCondition.IsAbsent : WriteCondition.IsStill(before);
        await using (var content = File.OpenRead(file))
        {
            await store.WriteAsync(target, content, condition, cancellationToken);
        }

        foreach (var entry in isFile || append ? [] : await store.ListAsync(key, cancellationToken))
        {
            if ($"{key}/{entry.Name}" != target)
            {
                await store.DeleteAsync($"{key}/{entry.Name}", cancellationToken);
            }
        }
    }

    /// <summary>Names sort by time; <see cref="PushedFile"/> reads them.</summary>
    private string NewName(bool alsoOnline) => PushedFile.Name(time.GetUtcNow(), alsoOnline);

    /// <summary>Writes the rows, behind the old ones where there are any, under another name first.</summary>
    private bool Copy(CatalogView view, FeatureFrame rows, string path, string? old, CancellationToken cancellationToken)
    {
        var columns = FileColumn.Of(view, rows);
        using var session = new DuckSession(options);
        DuckWriter.Fill(session, "rows", [.. columns.Select(column => (column.Name, column.Type))], rows.RowCount, (row, column) => columns[column].Value(row));
        cancellationToken.ThrowIfCancellationRequested();
        var select = $"SELECT {string.Join(", ", columns.Select(column => $"{column.ToFile} AS {DuckType.Name(column.Name)}"))} FROM rows";
        var before = old is null ? "" : $"SELECT * FROM read_parquet({DuckType.Text(old)}) UNION ALL BY NAME ";
        ParquetFiles.Write(session, before + select, path);
        return true;
    }
}
