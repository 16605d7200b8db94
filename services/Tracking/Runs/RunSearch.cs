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

    private static List<Run> Find(SqlSession session, Search search, RunSearchPlan plan)
    {
        if (plan.FollowsMetric)
        {
            // Runs whose metric is NaN or missing come last. A full page without them is the page.
            var found = Query(session, Statement(search, plan));
            if (found.Count == search.Page.Size)
            {
                return found;
            }
        }

        return Query(session, Statement(search, plan with { FollowsMetric = false }));
    }

    private static List<Run> Query(SqlSession session, SqlBuilder sql) => session.Query(sql.Text, Runs.Run.Read, sql.Arguments);

    private static SqlBuilder Statement(Search search, RunSearchPlan plan)
    {
        var sql = new SqlBuilder().Append($"SELECT {Runs.Run.Columns} FROM ");
        var where = new List<string>();
        if (plan.FollowsMetric)
        {
            where.Add(RunOrder.FollowMetric(sql, search.Order));
        }
        else
        {
            sql.Append("runs r");
        }

        var keys = RunOrder.Joins(sql, search.Order, plan.FollowsMetric);
        where.Add($"r.experiment_id IN {sql.List(search.Experiments)}");
        where.Add(search.View.Condition("r.deleted"));
        for (var i = 0; i < search.Clauses.Count; i++)
        {
            where.Add(RunConditions.Write(sql, search.Clauses[i], $"f{i}", asWhole: i == plan.Selective));
        }

        sql.Append(" WHERE ").Append(string.Join(" AND ", where)).Append(keys);
        return sql.Append($" LIMIT {sql.Argument(search.Page.Size)} OFFSET {sql.Argument(search.Page.Offset)}");
    }

    private sealed record Search(
        IReadOnlyList<object> Experiments, ViewType View, IReadOnlyList<BoundClause> Clauses,
        IReadOnlyList<(Field Field, bool Descending)> Order, Paging Page);

    /// <summary>Ids that are not numbers name no experiment.</summary>
    private static List<object> ExperimentNumbers(IReadOnlyList<string> ids) =>
        [.. ids.Distinct().Select(id => ExperimentStore.TryParseId(id, out var number) ? number : -1).Where(id => id >= 0).Cast<object>()];
}
