using MlKit.Features;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Features as they were at a time: never newer than asked for.</summary>
internal interface IPointInTimeFeatures
{
    /// <summary>One state per key; unknown where the store held nothing at that time.</summary>
    Task<UserState[]> UsersAsync(IReadOnlyList<EntityTime> keys, CancellationToken cancellationToken);

    /// <summary>One state per key; unknown where the store held nothing at that time.</summary>
    Task<ItemState[]> ItemsAsync(IReadOnlyList<EntityTime> keys, CancellationToken cancellationToken);
}

/// <summary>An entity at a time.</summary>
internal readonly record struct EntityTime(string Id, DateTimeOffset AsOf);
