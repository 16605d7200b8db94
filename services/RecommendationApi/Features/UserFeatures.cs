using MlKit.Features;

namespace MlKit.RecommendationApi.Features;

/// <summary>What the online store holds of a user.</summary>
internal sealed record UserFeatures
{
    /// <summary>A user without any event.</summary>
    public static UserFeatures None { get; } = new();

    /// <summary>What ranking needs.</summary>
    public UserState State { get; init; } = UserState.Unknown;

    /// <summary>Distinct items of the user, newest first.</summary>
    public IReadOnlyList<string> SeenItems { get; init; } = [];

    /// <summary>Items of the newest events, newest first.</summary>
    public IReadOnlyList<string> LastItems { get; init; } = [];

    /// <summary>Times of <see cref="LastItems"/>.</summary>
    public IReadOnlyList<DateTimeOffset> LastItemTimes { get; init; } = [];

    /// <summary>Event time of the stored row; null: nothing is stored.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>Whether the store holds any event of the user.</summary>
    public bool IsKnown => State.EventCount > 0 || SeenItems.Count > 0;
}
