namespace MlKit.Feast;

/// <summary>A thing that features describe, for example a user.</summary>
/// <param name="Name">Unique name in the project.</param>
/// <param name="ValueType">Type of the join key; it decides the bytes of the key in Redis.</param>
public sealed record Entity(string Name, ValueType ValueType = ValueType.String)
{
    /// <summary>Name of the column that holds the key; the entity's name unless set.</summary>
    public string JoinKey { get; init; } = Name;

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free key-value pairs.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The entity that Feast gives to views without entities; its key is the empty text.</summary>
    internal static Entity Dummy { get; } = new("__dummy", ValueType.Invalid) { JoinKey = DummyJoinKey };

    internal const string DummyJoinKey = "__dummy_id";
}
