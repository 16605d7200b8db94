using System.Globalization;

namespace MlKit.Feast;

/// <summary>A value that was served and that the offline store does not confirm.</summary>
/// <param name="Feature">The reference <c>view:feature</c>.</param>
/// <param name="Entity">The join keys of the row, as <c>user_id=7</c>.</param>
/// <param name="ReadTime">When it was served.</param>
/// <param name="Online">What was served.</param>
/// <param name="Offline">What the offline store gives for that time.</param>
public sealed record SkewDifference(string Feature, string Entity, DateTimeOffset ReadTime, object? Online, object? Offline)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Feature} of {Entity} at {ReadTime.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}: served {Shown(Online)}, but the offline store gives {Shown(Offline)}");

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Shown))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
