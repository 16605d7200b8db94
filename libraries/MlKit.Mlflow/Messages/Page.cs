namespace MlKit.Mlflow;

/// <summary>One page of a search.</summary>
/// <typeparam name="T">What was searched.</typeparam>
/// <param name="Items">The hits, in order.</param>
/// <param name="NextPageToken">What to send for the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);
