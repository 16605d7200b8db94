namespace MlKit.Recommendation.Data;

/// <summary>One event: a user met an item. Users and items are dense indexes into the <see cref="DataSet"/>.</summary>
/// <param name="User">Index into <see cref="DataSet.UserIds"/>.</param>
/// <param name="Item">Index into <see cref="DataSet.ItemIds"/>.</param>
/// <param name="Timestamp">Seconds since 1970-01-01 UTC, or the line's position where the data have no clock.</param>
/// <param name="Value">Strength as given (a rating, a count); 1 where the data have none.</param>
public readonly record struct Interaction(int User, int Item, long Timestamp, float Value);
