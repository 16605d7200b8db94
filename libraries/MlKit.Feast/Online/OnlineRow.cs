using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>One row for the online store.</summary>
/// <param name="Key">One value per join key, in the view's order.</param>
/// <param name="EventTime">When the features held.</param>
/// <param name="Values">One value per feature of the write, in its order; without a case: null.</param>
internal readonly record struct OnlineRow(Value[] Key, EventTime EventTime, Value[] Values);
