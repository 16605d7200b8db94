using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace MlKit.Tracking.Ui.Artifacts;

/// <summary>Reads CSV and TSV for previews, whatever was logged under such a name.</summary>
internal static class DelimitedText
{
    /// <summary>The first rows.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, char separator, int mostRows)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            BadDataFound = null,
            IgnoreBlankLines = false,
        };
        using var parser = new CsvParser(new StringReader(text), settings);
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < mostRows && parser.Read())
        {
            rows.Add(parser.Record!);
        }

        return rows;
    }
}
