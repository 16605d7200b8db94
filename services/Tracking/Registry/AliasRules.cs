using System.Text.RegularExpressions;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Registry;

/// <summary>What an alias may look like: so that it is never taken for a version or for <c>latest</c>.</summary>
internal static partial class AliasRules
{
    /// <summary>What stands for the newest version of a model wherever an alias is read.</summary>
    public const string Newest = "latest";

    private const int Longest = 255;

    public static string Check(string alias)
    {
        NameRules.Length(alias, "alias", Longest);
        if (!Allowed().IsMatch(alias))
        {
            throw ApiException.Invalid(
                $"Invalid alias name: '{alias}'. Names may only contain letters, digits, underscores and dashes.");
        }

        if (alias.Equals(Newest, StringComparison.OrdinalIgnoreCase) || Version().IsMatch(alias))
        {
            throw ApiException.Invalid($"The alias name '{alias}' is reserved ('latest' and v<number> are).");
        }

        return alias;
    }

    [GeneratedRegex(@"^[\w\-]+\z")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"^[vV]\d+\z")]
    private static partial Regex Version();
}
