namespace MlKit.Recommendation.Data;

/// <summary>Reads interactions from a file or folder, whose layout it recognises by file names.</summary>
public static class DataSetReader
{
    private const string Allowed =
        "a folder with u.data (MovieLens 100K), ratings.dat (1M), ratings.csv (latest), pairs.tsv.gz (1M in pieces), "
        + "NAME.train.rating (NCF) or one table (.csv, .tsv, .txt, .dat, .inter, each also .gz, or .parquet), or such a file itself";

    private static readonly string[] TableEndings = [".csv", ".tsv", ".txt", ".dat", ".inter", ".rating"];

    /// <summary>Words in the names of files that hold what is judged, or prose, not what is learned from.</summary>
    private static readonly string[] OtherFiles = ["negative", "test", "readme", "licence", "license", "valid"];

    /// <summary>Reads the data set at <paramref name="path"/>; the first broken row is an error.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="columns">Column names of a generic table; null takes the usual names.</param>
    /// <param name="cancellationToken">Ends the reading between lines.</param>
    /// <exception cref="DataFormatException">The path is missing or empty, or a line is broken.</exception>
    public static DataSet Read(string path, CsvColumns? columns = null, CancellationToken cancellationToken = default) =>
        Read(path, new DataReadOptions { Columns = columns ?? CsvColumns.Default }, cancellationToken);

    /// <summary>Reads the data set at <paramref name="path"/>.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="options">Column names; strict or lenient.</param>
    /// <param name="cancellationToken">Ends the reading between lines.</param>
    /// <exception cref="DataFormatException">The path is missing or empty, or a line is broken and reading is strict.</exception>
    public static DataSet Read(string path, DataReadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        if (Directory.Exists(path))
        {
            return MovieLensPieces.Is(path)
                ? MovieLensPieces.Read(path, options, cancellationToken)
                : ReadFile(FindInFolder(path), options, cancellationToken);
        }

        return File.Exists(path)
            ? ReadFile(path, options, cancellationToken)
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

        string[] tables =
        [
            .. Directory.EnumerateFiles(folder)
                .Where(file => (IsText(file) || IsParquet(file)) && !OtherFiles.Any(word => Path.GetFileName(file).Contains(word, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal),
        ];
        string[] training = tables.Length > 1 ? [.. tables.Where(file => Path.GetFileName(file).Contains("train", StringComparison.OrdinalIgnoreCase))] : [];
        return (training.Length == 1 ? training : tables) switch
        {
            [var only] => only,
            [] => throw new DataFormatException(folder, $"holds no data set that is known here; it must be {Allowed}"),
            _ => throw new DataFormatException(
                folder,
                $"holds {tables.Length} tables ({string.Join(", ", tables.Select(Path.GetFileName))}); name the file of the interactions"),
        };
    }

    private static bool IsText(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return TableEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsParquet(string file) => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    private static DataSet ReadFile(string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        if (new FileInfo(file).Length == 0)
        {
            throw new DataFormatException(file, "is empty; at least one line of user and item is needed");
        }

        return Path.GetFileName(file) switch
        {
            "u.data" => MovieLens100KReader.Read(file, options, cancellationToken),
            "ratings.dat" => MovieLens1MReader.Read(file, options, cancellationToken),
            _ when IsParquet(file) => ParquetTable.Read(file, options, cancellationToken),
            _ when IsText(file) => CsvReader.Read(file, options, cancellationToken),
            _ => throw new DataFormatException(file, $"is of no layout that is known here; it must be {Allowed}"),
        };
    }
}
