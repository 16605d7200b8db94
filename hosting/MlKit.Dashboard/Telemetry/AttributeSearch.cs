namespace MlKit.Dashboard.Telemetry;

/// <summary>Finds attributes by their names.</summary>
internal static class AttributeSearch
{
    /// <summary>The value of an attribute; null where it is absent.</summary>
    public static string? ValueOf(this IReadOnlyList<KeyValuePair<string, string>> attributes, string name)
    {
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return attributes[i].Value;
            }
        }

        return null;
    }
}
