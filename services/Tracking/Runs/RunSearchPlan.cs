using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>
/// Chooses where a search begins, which SQLite does not do well without statistics: at the runs of a small
/// experiment, at the few runs that a selective clause keeps, or at the order, whose first matches are the page.
/// PostgreSQL has its own statistics.
/// </summary>
/// <param name="Selective">The number of the clause that is looked up as a whole; -1: every clause is checked run by run.</param>
/// <param name="FollowsMetric">Whether the runs are taken in the order of the first metric of the order.</param>
internal readonly record struct RunSearchPlan(int Selective, bool FollowsMetric)
{
    /// <summary>Up to so many runs, looking at each of them is fast enough.</summary>
    public const int Few = 4000;

    public static RunSearchPlan Choose(
        SqlSession session, IReadOnlyList<object> experiments, IReadOnlyList<BoundClause> clauses,
        IReadOnlyList<(Field Field, bool Descending)> order, int few)
    {
        if (session.Dialect != Dialect.Sqlite)
        {
            return new RunSearchPlan(-1, FollowsMetric: false);
        }

        var all = new SqlBuilder();
        all.Append($"SELECT 1 FROM runs r WHERE r.experiment_id IN {all.List(experiments)}");
        if (IsFew(session, all, few))
        {
            return new RunSearchPlan(-1, FollowsMetric: false);
        }

        for (var i = 0; i < clauses.Count; i++)
        {
            var rows = new SqlBuilder();
            if (RunConditions.IndexedRows(rows, clauses[i]) is { } select && IsFew(session, rows.Append(select), few))
            {
                return new RunSearchPlan(i, FollowsMetric: false);
            }
        }

        return new RunSearchPlan(-1, order is [{ Field.Kind: FieldKind.Metric }, ..]);
    }

    private static bool IsFew(SqlSession session, SqlBuilder rows, int few) =>
        session.Number($"SELECT COUNT(*) FROM ({rows.Text} LIMIT {few})", rows.Arguments) < few;
}
