namespace MlKit.RecommendationApi.Events;

/// <summary>One interaction as a client sends it.</summary>
internal sealed class EventMessage
{
    /// <summary>Chosen by the client; an id that was accepted before is not counted again.</summary>
    public string? EventId { get; set; }

    /// <summary>Raw user id.</summary>
    public string? UserId { get; set; }

    /// <summary>Raw item id.</summary>
    public string? ItemId { get; set; }

    /// <summary>Kind of interaction, for example <c>view</c> or <c>rating</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Strength, for example a rating; 1 where absent.</summary>
    public double? Value { get; set; }

    /// <summary>When it happened, ISO 8601 with offset.</summary>
    public DateTimeOffset? Timestamp { get; set; }
}

/// <summary>Answer of <c>POST /events</c>.</summary>
/// <param name="Accepted">Events that are new.</param>
/// <param name="Duplicates">Events whose id was accepted before.</param>
internal sealed record EventReceipt(int Accepted, int Duplicates);
