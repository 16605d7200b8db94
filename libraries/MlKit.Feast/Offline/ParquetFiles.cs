namespace MlKit.Feast;

/// <summary>Puts the result of a query into a Parquet file, so that readers see whole files only.</summary>
internal static class ParquetFiles
{
    /// <summary>Writes or replaces the file and returns the number of rows.</summary>
    public static long Write(DuckSession session, string query, string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var rows = session.Run($"COPY ({query}) TO {DuckType.Text(temporary)} (FORMAT parquet, COMPRESSION zstd)");
            File.Move(temporary, path, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
