namespace MlKit.Recommendation.Data;

/// <summary>Reads interactions from a file or folder, whose layout it recognises by file names.</summary>
public static class DataSetReader
{
    private const string Allowed =
        "a folder with u.data (MovieLens 100K), ratings.dat (1M), ratings.csv (latest) or one .csv/.tsv file, "
        + "or such a file itself";

    /// <summary>Reads the data set at <paramref name="path"/>.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="columns">Column names of a generic CSV; null takes the usual names.</param>
    /// <param name="cancellationToken">Ends the reading between lines.</param>
    /// <exception cref="DataFormatException">The path is missing or empty, or a line is broken.</exception>
    public static DataSet Read(string path, CsvColumns? columns = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            return ReadFile(FindInFolder(path), columns, cancellationToken);
        }

        return File.Exists(path)
            ? ReadFile(path, columns, cancellationToken)
            : throw new DataFormatException(path, $"does not exist; the data path must be {Allowed}");
    }

    private static string FindInFolder(string folder)
    {
        string[] known = ["u.data", "ratings.dat", "ratings.csv"];
        foreach (var name in known)
        {
            var file = Path.Combine(folder, name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        string[] tables = [.. Directory.EnumerateFiles(folder).Where(IsTable).Order(StringComparer.Ordinal)];
        return tables.Length switch
        {
            1 => tables[0],
            0 => throw new DataFormatException(folder, $"holds no data set that is known here; it must be {Allowed}"),
            _ => throw new DataFormatException(
                folder,
                $"holds {tables.Length} tables ({string.Join(", ", tables.Select(Path.GetFileName))}); name the file of the interactions"),
        };
    }

    private static bool IsTable(string file) =>
        Path.GetExtension(file).ToUpperInvariant() is ".CSV" or ".TSV";

    private static DataSet ReadFile(string file, CsvColumns? columns, CancellationToken cancellationToken)
    {
        if (new FileInfo(file).Length == 0)
        {
            throw new DataFormatException(file, "is empty; at least one line of user and item is needed");
        }

        return Path.GetFileName(file) switch
        {
            "u.data" => MovieLens100KReader.Read(file, cancellationToken),
            "ratings.dat" => MovieLens1MReader.Read(file, cancellationToken),
            _ when IsTable(file) => CsvReader.Read(file, columns ?? CsvColumns.Default, cancellationToken),
            _ => throw new DataFormatException(file, $"is of no layout that is known here; it must be {Allowed}"),
        };
    }
}
