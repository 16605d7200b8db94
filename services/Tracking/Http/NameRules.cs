using System.Buffers;

namespace MlKit.Tracking.Http;

/// <summary>What keys, values and names may look like.</summary>
internal static class NameRules
{
    public const int LongestKey = 250;
    public const int LongestParamValue = 6000;
    public const int LongestRunTagValue = 8000;
    public const int LongestExperimentTagValue = 20_000;

    /// <summary>Of registered models, their versions and logged models: prompts are kept in such tags.</summary>
    public const int LongestModelTagValue = 100_000;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create("/.- _:");

    /// <summary>
    /// The key of a metric, param or tag: word characters and <c>/ . - space : _</c>, at most 250, and such that it
    /// would stay the same as a file path.
    /// </summary>
    public static string Key(string key, FieldName field, string what)
    {
        if (!HasOnlyAllowed(key))
        {
            throw ApiException.Invalid(
                $"Invalid value \"{key}\" for parameter '{field}' supplied: a {what} may contain only letters, digits, "
                + "underscores, dashes, periods, spaces, colons and slashes.");
        }

        if (!IsNormalPath(key))
        {
            throw ApiException.Invalid(
                $"Invalid value \"{key}\" for parameter '{field}' supplied: a {what} must not resolve to another name when "
                + "it is used as a file path (no leading, trailing or double '/', no '.' or '..' part).");
        }

        return Length(key, field, LongestKey);
    }

    /// <summary>Whether <see cref="Key"/> would take it.</summary>
    public static bool IsKey(string key) => key.Length <= LongestKey && HasOnlyAllowed(key) && IsNormalPath(key);

    public static string Length(string text, FieldName field, int longest) => text.Length <= longest
        ? text
        : throw ApiException.Invalid(
            $"'{field}' exceeds the maximum length of {longest} characters: it has {text.Length}.");

    private static bool HasOnlyAllowed(string key)
    {
        foreach (var character in key)
        {
            if (!char.IsLetterOrDigit(character) && !IsMark(character) && !Punctuation.Contains(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Surrogates stand for characters beyond the first plane; combining marks belong to words.</summary>
    private static bool IsMark(char character) => char.IsSurrogate(character)
        || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static bool IsNormalPath(string key)
    {
        if (key.Length == 0 || key == "." || key[0] == '/' || key[^1] == '/')
        {
            return false;
        }

        foreach (var part in key.AsSpan().Split('/'))
        {
            var text = key.AsSpan(part);
            if (text.IsEmpty || text is "." || text is "..")
            {
                return false;
            }
        }

        return true;
    }
}
