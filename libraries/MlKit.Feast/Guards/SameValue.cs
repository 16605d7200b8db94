namespace MlKit.Feast;

/// <summary>Whether two values are the same for a feature of some type.</summary>
internal static class SameValue
{
    /// <summary>Compares what the online store would hold of each.</summary>
    public static bool Of(object? one, object? other, ValueType type)
    {
        var (left, right) = (FeastValue.From(one, type), FeastValue.From(other, type));
        return left.Equals(right) || (IsNothing(left) && IsNothing(right));
    }

    /// <summary>Null, or the instant that stands for none.</summary>
    private static bool IsNothing(Protos.Types.Value value) => value.ValCase is Protos.Types.Value.ValOneofCase.None or Protos.Types.Value.ValOneofCase.NullVal
        || (value.ValCase == Protos.Types.Value.ValOneofCase.UnixTimestampVal && value.UnixTimestampVal == FeastValue.NotATime);
}
