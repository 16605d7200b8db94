using System.Text.RegularExpressions;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>How long the release's part of a name may be, so that every object's name stays within its limit.</summary>
internal static partial class NameLimits
{
    private const int Longest = 63;

    /// <summary>A pod or Job name is longer than that of its StatefulSet or CronJob by up to eleven characters.</summary>
    private const int LongestParent = 52;

    /// <summary>The eight characters and the hyphen that tell Jobs apart.</summary>
    private const int JobHash = 9;

    private const int ShortestFullName = 10;

    /// <exception cref="DistributedApplicationException">A resource's name leaves too little room.</exception>
    public static int LongestFullName(IReadOnlyList<ChartObject> objects)
    {
        var longest = LongestParent;
        foreach (var item in objects)
        {
            var rest = item.Name.Replace(ObjectNames.FullName, "", StringComparison.Ordinal);
            if (item.Name == rest && !NamePattern().IsMatch(item.Name))
            {
                throw new DistributedApplicationException(
                    $"Resource '{item.Owner?.Name}': '{item.Name}' cannot be the name of a {item.Kind}; it must be lower-case "
                    + "letters, digits and hyphens, beginning and ending with a letter or digit.");
            }

            var limit = item.Kind switch
            {
                "CronJob" or "StatefulSet" => LongestParent,
                "Job" => Longest - JobHash,
                _ => Longest,
            };
            if (limit - rest.Length < ShortestFullName)
            {
                throw new DistributedApplicationException(
                    $"Resource '{item.Owner?.Name}': its {item.Kind} would be named 'RELEASE{rest}'; a {item.Kind} name has at most "
                    + $"{limit} characters, which leaves fewer than {ShortestFullName} for the release. Shorten the resource's name.");
            }

            longest = Math.Min(longest, limit - rest.Length);
        }

        return longest;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-.]*[a-z0-9])?$")]
    private static partial Regex NamePattern();
}
