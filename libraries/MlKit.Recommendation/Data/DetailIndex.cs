using System.Globalization;

namespace MlKit.Recommendation.Data;

/// <summary>Helpers for the files that describe users and items.</summary>
internal static class DetailIndex
{
    public static Dictionary<string, int> Of(string[] ids)
    {
        var index = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            index.Add(ids[i], i);
        }

        return index;
    }

    public static int? Integer(string field) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Details of a film whose title ends with its year in parentheses and whose genres are separated by |.</summary>
    public static ItemDetails Film(string title, string genres)
    {
        string[] names = genres.StartsWith('(') ? [] : genres.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var trimmed = title.TrimEnd();
        var year = trimmed is [.., '(', _, _, _, _, ')'] ? Integer(trimmed[^5..^1]) : null;
        return new ItemDetails(title, names, year);
    }
}
