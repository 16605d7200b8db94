using System.Text.RegularExpressions;

namespace MlKit.Feast;

/// <summary>A reference <c>view:feature</c>; the view ends at the first colon.</summary>
/// <param name="View">Name of the view.</param>
/// <param name="Feature">Name of the feature.</param>
public readonly partial record struct FeatureReference(string View, string Feature)
{
    /// <summary>Reads a reference; <c>view@latest:feature</c> and <c>view@:feature</c> mean the current version.</summary>
    /// <exception cref="FeastException">There is no colon, or a version is asked for.</exception>
    public static FeatureReference Parse(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw new FeastException(
                $"Invalid feature reference '{reference}'. Expected format: '<feature_view>:<feature>' or '<feature_view>@<version>:<feature>'");
        }

        var view = reference[..colon];
        if (Version().IsMatch(view))
        {
            throw new FeastException(
                $"Version-qualified ref '{view}' not supported: online versioning is disabled. Set 'enable_online_feature_view_versioning: true' under 'registry' in feature_store.yaml.");
        }

        return new FeatureReference(Latest().Replace(view, ""), reference[(colon + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{View}:{Feature}";

    [GeneratedRegex("@[vV][0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("@(latest)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Latest();
}
