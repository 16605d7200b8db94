namespace MlKit.TrainingWorker.Features;

/// <summary>An entity at a time.</summary>
internal readonly record struct EntityTime(string Id, DateTimeOffset AsOf);
