namespace MlKit.Tracking.Search;

internal enum Comparator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Like,
    ILike,
    RLike,
    In,
    NotIn,
    IsNull,
    IsNotNull,
}

/// <summary>What stands on the left of a comparison; without an entity word the entity is empty.</summary>
internal sealed record FilterIdentifier(string Entity, string Key, int Position)
{
    public override string ToString() => Entity.Length == 0 ? Key : $"{Entity}.{Key}";
}

/// <summary>What stands on the right: text, a number, a list of texts, or nothing (IS NULL).</summary>
internal sealed record FilterValue(string? Text, double? Number, string? NumberText, IReadOnlyList<string>? List, int Position)
{
    public static FilterValue None { get; } = new(null, null, null, null, 0);
}

/// <summary>One comparison; a filter is several of them, all of which must hold.</summary>
internal sealed record FilterClause(FilterIdentifier Identifier, Comparator Comparator, FilterValue Value);

/// <summary>One item of an order.</summary>
internal sealed record OrderClause(FilterIdentifier Identifier, bool Descending);
