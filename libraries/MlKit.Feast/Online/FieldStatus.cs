namespace MlKit.Feast;

/// <summary>What is known about one value; Feast's names and numbers.</summary>
public enum FieldStatus
{
    /// <summary>Not set.</summary>
    Invalid = 0,

    /// <summary>The store answered; also for null and for unknown entities, as Feast's Python server does over Redis.</summary>
    Present = 1,

    /// <summary>The entity is known and the value is null (strict mode only).</summary>
    NullValue = 2,

    /// <summary>The entity is not in the store (strict mode only).</summary>
    NotFound = 3,

    /// <summary>The value is older than the view's ttl (strict mode only).</summary>
    OutsideMaxAge = 4,
}
