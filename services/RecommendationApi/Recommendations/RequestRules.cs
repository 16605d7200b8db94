using System.Globalization;

namespace MlKit.RecommendationApi.Recommendations;

/// <summary>What a request may ask; a violation becomes a problem document that names the rule.</summary>
internal static class RequestRules
{
    public const int DefaultCount = 10;
    public const int MostItems = 1000;
    private const int LongestId = 128;
    private const string Marks = "._:@+=-";

    /// <summary>What ids look like, for messages.</summary>
    public static string IdRule => $"1 to {LongestId} characters: letters A to Z and a to z, digits, and {Marks}";

    public static bool IsId(string? id) =>
        id is { Length: >= 1 and <= LongestId } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || Marks.Contains(letter, StringComparison.Ordinal));

    /// <summary>Reads <c>k</c>; false where it is not a whole number in range.</summary>
    public static bool TryReadCount(string? text, out int count)
    {
        if (text is null)
        {
            count = DefaultCount;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= MostItems;
    }

    /// <summary>The rules that a request breaks, by parameter; empty: none.</summary>
    public static Dictionary<string, string[]> Check(string? userId, string? k, out int count)
    {
        var broken = new Dictionary<string, string[]>();
        if (!IsId(userId))
        {
            broken["userId"] = [$"'{Shorten(userId)}' is not a user id; allowed: {IdRule}"];
        }

        if (!TryReadCount(k, out count))
        {
            broken["k"] = [$"'{Shorten(k)}' is not allowed; allowed: a whole number from 1 to {MostItems}"];
        }

        return broken;
    }

    /// <summary>A value for a message, of bounded length.</summary>
    public static string Shorten(string? value) => value is { Length: > 60 } ? value[..60] + "..." : value ?? "";
}
