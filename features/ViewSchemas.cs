namespace MlKit.Features;

/// <summary>
/// Schemas of the views that the recommender reads, as this program was compiled with them. Models carry them in their
/// metadata, and feature servers tell theirs, so that a program that reads another schema notices before it answers.
/// </summary>
public static class ViewSchemas
{
    /// <summary>Key of a model's metadata: <see cref="Text"/> of the program that trained it.</summary>
    public const string MetadataKey = "mlkit.view_schemas";

    /// <summary>Schema hash by view.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [RecommenderFeatures.UserProfile] = UserProfileRow.SchemaHash,
        [RecommenderFeatures.UserActivity] = UserActivityRow.SchemaHash,
        [RecommenderFeatures.ItemProfile] = ItemProfileRow.SchemaHash,
        [RecommenderFeatures.ItemPopularity] = ItemPopularityRow.SchemaHash,
    };

    /// <summary>All of <see cref="Known"/> as <c>view=hash,view=hash</c>, in the order of their names.</summary>
    public static string Text { get; } = string.Join(',', Known.Select(view => $"{view.Key}={view.Value}"));

    /// <summary>The first view whose schema is another one elsewhere; null: none. Views that are not known here do not count.</summary>
    /// <param name="elsewhere">Schema hash by view.</param>
    public static string? FirstDifference(IEnumerable<KeyValuePair<string, string>> elsewhere)
    {
        ArgumentNullException.ThrowIfNull(elsewhere);
        return elsewhere.Where(view => Known.TryGetValue(view.Key, out var hash) && hash != view.Value).Select(view => view.Key).FirstOrDefault();
    }

    /// <summary>Reads <see cref="Text"/> of another program; what is no <c>view=hash</c> is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).Select(part => KeyValuePair.Create(part[0], part[1]));
    }
}
