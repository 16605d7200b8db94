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

    public static RunsReply Run(SqlSession session, ApiRequest request)
    {
        var page = Paging.Read(request, DefaultPage, LargestPage);
        var clauses = RunGrammar.Grammar.Bind(request.Text("filter"));
        var order = RunGrammar.Grammar.BindOrder(request.TextList("order_by"));
        var experiments = ExperimentNumbers(request.IdList("experiment_ids"));
        if (experiments.Count == 0)
        {
            return new RunsReply(null, null);
        }

        var sql = Statement(experiments, request.View("run_view_type"), clauses, order, page);
        var runs = session.Query(sql.Text, Runs.Run.Read, sql.Arguments);
        return new RunsReply(
            runs.Count == 0 ? null : [.. runs.Select(run => RunReader.ToMessage(session, run))],
            page.NextIfFull(runs.Count));
    }

    private static SqlBuilder Statement(
        IReadOnlyList<object> experiments, ViewType view, IReadOnlyList<BoundClause> clauses,
        IReadOnlyList<(Field Field, bool Descending)> order, Paging page)
    {
        var sql = new SqlBuilder().Append($"SELECT {Runs.Run.Columns} FROM runs r");
        var keys = RunOrder.Joins(sql, order);
        var where = new List<string>
        {
            $"r.experiment_id IN {sql.List(experiments)}",
            view.Condition("r.deleted"),
        };
        for (var i = 0; i < clauses.Count; i++)
        {
            where.Add(RunConditions.Write(sql, clauses[i], $"f{i}"));
        }

        sql.Append(" WHERE ").Append(string.Join(" AND ", where)).Append(keys);
        return sql.Append($" LIMIT {sql.Argument(page.Size)} OFFSET {sql.Argument(page.Offset)}");
    }

    /// <summary>Ids that are not numbers name no experiment.</summary>
    private static List<object> ExperimentNumbers(IReadOnlyList<string> ids) =>
        [.. ids.Distinct().Select(id => ExperimentStore.TryParseId(id, out var number) ? number : -1).Where(id => id >= 0).Cast<object>()];
}
