using System.Globalization;

namespace MlKit.Feast;

/// <summary>Puts the result of a query into Parquet files, so that readers see whole files only.</summary>
internal static class ParquetFiles
{
    /// <summary>Replaces one file; with <paramref name="keepOld"/> its rows stay in front.</summary>
    public static void ReplaceFile(DuckSession session, string path, bool keepOld, string select)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var old = keepOld ? $"SELECT * FROM read_parquet({DuckType.Text(path)}) UNION ALL BY NAME " : "";
        Copy(session, $"{old}{select}", path);
    }

    /// <summary>Adds a file to a folder; without <paramref name="append"/> the other Parquet files there go.</summary>
    public static void AddToFolder(DuckSession session, string folder, bool append, string select, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        string[] old = append ? [] : Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.ffffff", CultureInfo.InvariantCulture);
        Copy(session, select, Path.Combine(folder, $"part-{stamp}-{Guid.NewGuid():N}.parquet"));
        foreach (var file in old)
        {
            File.Delete(file);
        }
    }

    private static void Copy(DuckSession session, string query, string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            session.Run($"COPY ({query}) TO {DuckType.Text(temporary)} (FORMAT parquet, COMPRESSION zstd)");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
