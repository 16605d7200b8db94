namespace MlKit.Feast;

/// <summary>
/// The place of a source row in the order in which newer rows win: by event time, then by created time (no created time
/// comes first), then by file and the row's number in it. No two rows share a place, so that ties have one answer.
/// </summary>
internal static class RowPlace
{
    /// <summary>Distance of two event times of one microsecond where the place is one number.</summary>
    private const string Scale = "18446744073709551616::HUGEINT";

    /// <summary>The place of a source row, from its columns <c>ts</c>, <c>created</c> and <c>number</c>.</summary>
    /// <remarks>One number sorts faster than a structure, but has no room for two times.</remarks>
    public static string Of(CatalogView view) => HasCreated(view)
        ? "{'ts': ts, 'created': coalesce(created, '-infinity'::TIMESTAMP), 'number': number}"
        : $"epoch_us(ts)::HUGEINT * {Scale} + number";

    /// <summary>The last place that a row of the event time <c>ts</c> could have.</summary>
    public static string LastAt(CatalogView view) => HasCreated(view)
        ? "{'ts': ts, 'created': 'infinity'::TIMESTAMP, 'number': 9223372036854775807}"
        : $"(epoch_us(ts)::HUGEINT + 1) * {Scale} - 1";

    /// <summary>A row's number among the rows of all files of <c>read_parquet</c>; a file has room for 2^40 rows.</summary>
    public const string Number = "file_index::BIGINT * 1099511627776 + file_row_number";

    private static bool HasCreated(CatalogView view) => view.CreatedTimestampColumn.Length > 0;
}
