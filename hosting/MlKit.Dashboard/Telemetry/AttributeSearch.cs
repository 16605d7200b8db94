namespace MlKit.Dashboard.Telemetry;

/// <summary>Finds attributes by their names.</summary>
internal static class AttributeSearch
{
    /// <summary>The value of an attribute; null where it is absent.</summary>
    public static string? ValueOf(this IReadOnlyList<KeyValuePair<string, string>> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return attribute.Value;
            }
        }

        return null;
    }
}
