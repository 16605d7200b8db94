namespace MlKit.Recommendation.Data;

/// <summary>Why a row cannot be used; lenient reading counts by these names.</summary>
public static class RowFault
{
    /// <summary>The row has more or fewer fields than it should, for example because the file ends within it.</summary>
    public const string Fields = "wrong number of fields";

    /// <summary>A user or item id is empty.</summary>
    public const string Id = "empty id";

    /// <summary>The time is no time, or lies before 1970 or in the future.</summary>
    public const string Time = "bad timestamp";

    /// <summary>The value is not a finite number.</summary>
    public const string Value = "bad value";
}
