using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>Search over runs: one statement finds the page, the runs on it are then put together.</summary>
internal static class RunSearch
{
    private const int DefaultPage = 1000;
    private const int LargestPage = 50_000;

    private const string Parents =
        "LEFT JOIN tags t ON t.run = r.run AND t.key = 'mlflow.parentRunId' LEFT JOIN runs p ON p.run_id = t.value";

    /// <param name="session">Reads.</param>
    /// <param name="request">What to search for.</param>
    /// <param name="few">How many runs are few; tests choose other plans by it.</param>
    public static RunsReply Run(SqlSession session, ApiRequest request, int few = RunSearchPlan.Few)
    {
        var page = Paging.Read(request, DefaultPage, LargestPage);
        var clauses = RunGrammar.Grammar.Bind(request.Text("filter"));
        var order = RunGrammar.Grammar.BindOrder(request.TextList("order_by"));
        var experiments = ExperimentNumbers(request.IdList("experiment_ids"));
        if (experiments.Count == 0)
        {
            return new RunsReply(null, null);
        }

        var search = new Search(experiments, request.View("run_view_type"), clauses, order, page);
        var runs = Find(session, search, RunSearchPlan.Choose(session, experiments, clauses, order, few));
        return new RunsReply(
            runs.Count == 0 ? null : [.. runs.Select(run => RunReader.ToMessage(session, run))],
            page.NextIfFull(runs.Count));
    }

    /// <summary>
    /// Every run that matches, in order and without a page: the number of its row, and that of the run it belongs to
    /// (0 where it names none that exists).
    /// </summary>
    public static List<(long Run, long Parent)> Everything(
        SqlSession session, IReadOnlyList<string> experimentIds, ViewType view, string? filter, IReadOnlyList<string> orderBy)
    {
        var clauses = RunGrammar.Grammar.Bind(filter);
        var order = RunGrammar.Grammar.BindOrder(orderBy);
        var search = new Search(ExperimentNumbers(experimentIds), view, clauses, order, null);
        var plan = RunSearchPlan.Choose(session, search.Experiments, clauses, order, RunSearchPlan.Few) with { FollowsMetric = false };
        var sql = Statement(search, plan, "r.run, p.run", $" {Parents}");
        return session.Query(sql.Text, row => (row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)), sql.Arguments);
    }

    private static List<Run> Find(SqlSession session, Search search, RunSearchPlan plan)
    {
        if (plan.FollowsMetric)
        {
            // Runs whose metric is NaN or missing come last. A full page without them is the page.
            var found = Query(session, Statement(search, plan, Runs.Run.Columns));
            if (found.Count == search.Page?.Size)
            {
                return found;
            }
        }

        return Query(session, Statement(search, plan with { FollowsMetric = false }, Runs.Run.Columns));
    }

    private static List<Run> Query(SqlSession session, SqlBuilder sql) => session.Query(sql.Text, Runs.Run.Read, sql.Arguments);

    private static SqlBuilder Statement(Search search, RunSearchPlan plan, string columns, string joins = "")
    {
        var sql = new SqlBuilder().Append($"SELECT {columns} FROM ");
        var where = new List<string>();
        if (plan.FollowsMetric)
        {
            where.Add(RunOrder.FollowMetric(sql, search.Order));
        }
        else
        {
            sql.Append("runs r");
        }

        sql.Append(joins);
        var keys = RunOrder.Joins(sql, search.Order, plan.FollowsMetric);
        where.Add($"r.experiment_id IN {sql.List(search.Experiments)}");
        where.Add(search.View.Condition("r.deleted"));
        for (var i = 0; i < search.Clauses.Count; i++)
        {
            where.Add(RunConditions.Write(sql, search.Clauses[i], $"f{i}", asWhole: i == plan.Selective));
        }

        sql.Append(" WHERE ").Append(string.Join(" AND ", where)).Append(keys);
        return search.Page is { } page ? sql.Append($" LIMIT {sql.Argument(page.Size)} OFFSET {sql.Argument(page.Offset)}") : sql;
    }

    private sealed record Search(
        IReadOnlyList<object> Experiments, ViewType View, IReadOnlyList<BoundClause> Clauses,
        IReadOnlyList<(Field Field, bool Descending)> Order, Paging? Page);

    /// <summary>Ids that are not numbers name no experiment.</summary>
    private static List<object> ExperimentNumbers(IReadOnlyList<string> ids) =>
        [.. ids.Distinct().Select(id => ExperimentStore.TryParseId(id, out var number) ? number : -1).Where(id => id >= 0).Cast<object>()];
}
