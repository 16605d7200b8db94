namespace MlKit.Feast;

/// <summary>An online read that really happened: what was asked, when, and what was answered.</summary>
/// <param name="ReadTime">When the store was read.</param>
/// <param name="Features">The references <c>view:feature</c> that were asked for.</param>
/// <param name="Entities">Join keys and their values, one row each.</param>
/// <param name="Values">
/// The answered values: per reference one value per row, as <see cref="OnlineColumn"/> gives them (.NET values, null for
/// null).
/// </param>
public sealed record LoggedOnlineRead(
    DateTimeOffset ReadTime,
    IReadOnlyList<string> Features,
    IReadOnlyDictionary<string, IReadOnlyList<object?>> Entities,
    IReadOnlyDictionary<string, IReadOnlyList<object?>> Values);
