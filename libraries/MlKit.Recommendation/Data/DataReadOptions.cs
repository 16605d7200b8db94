namespace MlKit.Recommendation.Data;

/// <summary>How a data set is read.</summary>
public sealed record DataReadOptions
{
    /// <summary>Column names of tables; the usual names unless set.</summary>
    public CsvColumns Columns { get; init; } = CsvColumns.Default;

    /// <summary>
    /// False: the first broken row ends the reading with its file and line. True: broken rows are left out and counted
    /// by reason in <see cref="DataSet.Dropped"/>.
    /// </summary>
    public bool Lenient { get; init; }

    /// <summary>The clock that tells which timestamps lie in the future (more than a day ahead).</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
