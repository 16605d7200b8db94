using System.IO.Compression;
using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>Walks over the lines of a text file (gzip where its name ends in .gz), one at a time.</summary>
internal sealed class LineReader(string path, Encoding encoding, FieldParser fields, CancellationToken cancellationToken)
{
    public static LineReader Open(string path, Encoding encoding, DataReadOptions options, CancellationToken cancellationToken) =>
        new(path, encoding, new FieldParser(path, options.Time.GetUtcNow()), cancellationToken);

    public FieldParser Fields => fields;

    /// <summary>Non-empty lines in order.</summary>
    public IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(OpenText(path), encoding);
        while (reader.ReadLine() is { } line)
        {
            if ((++fields.Row & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static Stream OpenText(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
