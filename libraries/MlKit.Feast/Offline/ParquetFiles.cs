namespace MlKit.Feast;

/// <summary>Puts the result of a query into a Parquet file, so that readers see whole files only.</summary>
internal static class ParquetFiles
{
    /// <summary>Writes or replaces the file and returns the number of rows.</summary>
    /// <param name="session">What the query runs in.</param>
    /// <param name="query">Its result goes into the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="schemas">What <see cref="TrainingSchemas"/> puts into the file's metadata; null: nothing.</param>
    public static long Write(DuckSession session, string query, string path, string? schemas = null)
    {
        var metadata = schemas is null ? "" : $", KV_METADATA {{'{TrainingSchemas.Key}': {DuckType.Text(schemas)}}}";
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var rows = session.Run($"COPY ({query}) TO {DuckType.Text(temporary)} (FORMAT parquet, COMPRESSION zstd{metadata})");
            File.Move(temporary, path, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
