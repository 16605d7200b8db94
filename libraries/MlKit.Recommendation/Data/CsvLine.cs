using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace MlKit.Recommendation.Data;

/// <summary>Splits one line of RFC 4180 CSV; a quoted field must end on its line.</summary>
internal static class CsvLine
{
    public static IReadOnlyList<string> Split(string line, char separator)
    {
        if (!line.Contains('"'))
        {
            return line.Split(separator);
        }

        // Line by line, so that an open quote is a fault of its own line and not of the rest of the file.
        using var parser = new CsvParser(new StringReader(line), Settings(separator));
        return parser.Read() ? parser.Record! : [];
    }

    private static CsvConfiguration Settings(char separator) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = separator.ToString(),
        BadDataFound = null,
        BufferSize = 256,
    };
}
