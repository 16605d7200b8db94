using System.Globalization;

namespace MlKit.Feast;

/// <summary>The runs that are known, as questions are asked of them.</summary>
internal sealed class KnownRuns(IReadOnlyList<MaterializationRun> runs)
{
    /// <summary>
    /// An SQL expression for the time from which on a source row was in the online store: the first run whose window
    /// holds it, or its push, whatever came first; null for a row that never was.
    /// </summary>
    public string VisibleSql(CatalogView view)
    {
        var cases = runs.Where(run => run.View == view.Name).OrderBy(run => run.Finished)
            .Select(run => $"WHEN ts >= {Literal(run.Start)} AND ts <= {Literal(run.End)} THEN {Literal(run.Finished)}").ToList();
        var materialized = cases.Count > 0 ? $"CASE {string.Join(' ', cases)} END" : "CAST(NULL AS TIMESTAMP)";
        // least passes over nulls.
        return view.PushSource is null ? materialized : $"least({materialized}, {PushedFile.PushTimeSql})";
    }

    /// <summary>When the first run after a time finished; null: there was none.</summary>
    public DateTimeOffset? FirstAfter(string view, DateTimeOffset time) =>
        runs.Where(run => run.View == view && run.Finished > time).Select(run => (DateTimeOffset?)run.Finished).Min();

    private static string Literal(DateTimeOffset time) =>
        $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
