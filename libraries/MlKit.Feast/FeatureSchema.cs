using System.Security.Cryptography;
using System.Text;

namespace MlKit.Feast;

/// <summary>What a view's values look like: names and types of join keys and features, in order.</summary>
public static class FeatureSchema
{
    /// <summary>SHA-256 (hex) over join keys, features and types: two sides that read the same schema have the same hash.</summary>
    public static string Hash(IReadOnlyList<Field> joinKeys, IEnumerable<Field> features)
    {
        ArgumentNullException.ThrowIfNull(joinKeys);
        var text = new StringBuilder();
        foreach (var column in joinKeys.Concat(features))
        {
            text.Append(column.Name).Append('\0').Append((int)column.Type).Append('\0');
        }

        text.Append(joinKeys.Count);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The schema in words.</summary>
    public static string Describe(IReadOnlyList<Field> joinKeys, IEnumerable<Field> features) =>
        $"{string.Join(", ", joinKeys.Select(Describe))} -> {string.Join(", ", features.Select(Describe))}";

    private static string Describe(Field field) => $"{field.Name} {field.Type}";
}
