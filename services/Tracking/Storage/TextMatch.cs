using System.Text.RegularExpressions;

namespace MlKit.Tracking.Storage;

/// <summary>
/// LIKE and ILIKE of the search grammars: <c>%</c> is any run of characters, <c>_</c> one character, nothing escapes.
/// SQLite calls this, so that the case rule holds for all of Unicode.
/// </summary>
internal static class TextMatch
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static bool Like(string pattern, string text, bool ignoreCase)
    {
        // Greedy matching with one point to fall back to: linear for usual patterns, never exponential.
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == '_')
            {
                p++;
                t += IsPair(text, t) ? 2 : 1;
            }
            else if (p < pattern.Length && Same(pattern[p], text[t], ignoreCase))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '%')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>RLIKE: whether the expression is found anywhere. It takes time in proportion to the text, whatever it is.</summary>
    public static bool Find(string expression, string text) => Regex.IsMatch(text, expression, Linear);

    public static bool IsExpression(string expression)
    {
        try
        {
            Regex.IsMatch("", expression, Linear);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsPair(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);

    private static bool Same(char a, char b, bool ignoreCase) =>
        a == b || (ignoreCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
