using System.Globalization;

namespace MlKit.Dashboard.Telemetry;

/// <summary>A condition on one field or attribute of a log entry or span.</summary>
/// <param name="Field">An attribute's name, or one of the fields that <see cref="Fields"/> lists.</param>
/// <param name="Condition">How the value is compared.</param>
/// <param name="Value">What it is compared with; case is ignored.</param>
public sealed record FieldFilter(string Field, FieldCondition Condition, string Value)
{
    /// <summary>Fields that are no attributes.</summary>
    public static readonly IReadOnlyList<string> Fields = ["message", "category", "event", "name", "kind", "source", "status"];

    private static readonly (FieldCondition Condition, string Sign, string Words)[] Signs =
    [
        (FieldCondition.Equal, "eq", "is"),
        (FieldCondition.NotEqual, "ne", "is not"),
        (FieldCondition.Contains, "has", "contains"),
        (FieldCondition.NotContains, "hasnot", "does not contain"),
        (FieldCondition.Greater, "gt", "is greater than"),
        (FieldCondition.Less, "lt", "is less than"),
    ];

    /// <summary>How the condition reads.</summary>
    public string Words => WordsOf(Condition);

    /// <summary>How a condition reads.</summary>
    public static string WordsOf(FieldCondition condition) => Array.Find(Signs, sign => sign.Condition == condition).Words;

    /// <summary>Reads <c>FIELD:SIGN:VALUE</c>, each part escaped as in an address; false for anything else.</summary>
    public static bool TryParse(string text, out FieldFilter filter)
    {
        var parts = text.Split(':', 3);
        var place = parts.Length == 3 ? Array.FindIndex(Signs, sign => sign.Sign == parts[1]) : -1;
        filter = place < 0 ? new FieldFilter("", default, "") : new FieldFilter(Uri.UnescapeDataString(parts[0]), Signs[place].Condition, Uri.UnescapeDataString(parts[2]));
        return filter.Field.Length > 0;
    }

    /// <summary>Reads what addresses hold; what cannot be read is left out.</summary>
    public static IReadOnlyList<FieldFilter> Parse(IEnumerable<string>? texts) =>
        [.. (texts ?? []).Select(text => TryParse(text, out var filter) ? filter : null).OfType<FieldFilter>()];

    /// <summary>True when the value meets the condition. A field that is absent is equal to nothing and contains nothing.</summary>
    public bool Accepts(string? value) => Condition switch
    {
        FieldCondition.Equal => value is not null && value.Equals(Value, StringComparison.OrdinalIgnoreCase),
        FieldCondition.NotEqual => value is null || !value.Equals(Value, StringComparison.OrdinalIgnoreCase),
        FieldCondition.Contains => value is not null && value.Contains(Value, StringComparison.OrdinalIgnoreCase),
        FieldCondition.NotContains => value is null || !value.Contains(Value, StringComparison.OrdinalIgnoreCase),
        FieldCondition.Greater => Compare(value) > 0,
        FieldCondition.Less => Compare(value) < 0,
        _ => false,
    };

    /// <summary>As it stands in an address.</summary>
    public override string ToString() =>
        $"{Uri.EscapeDataString(Field)}:{Array.Find(Signs, sign => sign.Condition == Condition).Sign}:{Uri.EscapeDataString(Value)}";

    // Numbers as numbers, all else as text; null where there is nothing to compare.
    private int? Compare(string? value)
    {
        if (value is null)
        {
            return null;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.Compare(value, Value, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>How a field is compared.</summary>
public enum FieldCondition
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Different, or absent.</summary>
    NotEqual,

    /// <summary>Part of it.</summary>
    Contains,

    /// <summary>No part of it, or absent.</summary>
    NotContains,

    /// <summary>More, as numbers where both are numbers.</summary>
    Greater,

    /// <summary>Less.</summary>
    Less,
}
