namespace MlKit.Feast;

/// <summary>The property (a <see cref="DateTimeOffset"/>) that says when the features held.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EventTimeAttribute : Attribute
{
    /// <summary>Name of the column; <c>event_timestamp</c> unless set.</summary>
    public string? Name { get; set; }
}
