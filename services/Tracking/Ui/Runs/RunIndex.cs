using MlKit.Tracking.Runs;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>
/// Every run that a table shows, in its order: a few bytes each, so that their number is exact and any place in the
/// list can be shown at once. Asked from the database itself, because the API knows only pages.
/// </summary>
internal sealed class RunIndex
{
    private readonly Database _database;
    private readonly RunQuery _query;
    private readonly long[] _numbers;
    private readonly int[] _parents;

    private RunIndex(Database database, RunQuery query, List<(long Run, long Parent)> runs)
    {
        (_database, _query) = (database, query);
        _numbers = [.. runs.Select(run => run.Run)];
        var places = Places();
        _parents = [.. runs.Select(run => places.GetValueOrDefault(run.Parent, -1))];
        BreakCircles();
    }

    /// <summary>How many runs there are.</summary>
    public int Count => _numbers.Length;

    /// <summary>Where a run's parent is; -1 where it is not among the runs shown.</summary>
    public IReadOnlyList<int> Parents => _parents;

    /// <summary>Finds the runs.</summary>
    /// <exception cref="Http.ApiException">Filter or order are refused.</exception>
    public static Task<RunIndex> ReadAsync(Database database, RunQuery query) => Task.Run(() => new RunIndex(
        database, query, database.Read(session => RunSearch.Everything(
            session, query.Experiments, Stages(query.View), query.Filter, [query.Order]))));

    /// <summary>The ids of the runs at some places.</summary>
    public IReadOnlyDictionary<int, string> Ids(IReadOnlyCollection<int> places)
    {
        var at = places.Distinct().ToDictionary(place => _numbers[place]);
        var sql = new SqlBuilder();
        sql.Append($"SELECT run, run_id FROM runs WHERE run IN {sql.List([.. at.Keys.Cast<object>()])}");
        return _database.Read(session => session.Query(sql.Text, row => (Place: at[row.GetInt64(0)], Id: row.GetString(1)), sql.Arguments))
            .ToDictionary(run => run.Place, run => run.Id);
    }

    /// <summary>The places of runs; those that are not shown have none.</summary>
    public IReadOnlyList<int> Find(IReadOnlyCollection<string> ids)
    {
        var sql = new SqlBuilder();
        sql.Append($"SELECT run FROM runs WHERE run_id IN {sql.List([.. ids])}");
        var wanted = _database.Read(session => session.Query(sql.Text, row => row.GetInt64(0), sql.Arguments)).ToHashSet();
        return [.. Enumerable.Range(0, Count).Where(place => wanted.Contains(_numbers[place]))];
    }

    /// <summary>The texts of a param or tag, or of the data sets; null where a run has none.</summary>
    public string?[] Texts(RunColumn column)
    {
        var texts = new string?[Count];
        var (table, value) = column.Kind switch
        {
            ColumnKind.Param => ("params v ON v.run = r.run AND v.key = $1", "v.value"),
            ColumnKind.Tag => ("tags v ON v.run = r.run AND v.key = $1", "v.value"),
            _ => ("run_datasets v ON v.run = r.run AND $1 = $1 JOIN datasets d ON d.dataset = v.dataset", "d.name || ' (' || d.digest || ')'"),
        };
        ForEach(table, value, column.Key, (place, row) =>
            texts[place] = texts[place] is { } before ? $"{before}, {row.GetString(1)}" : row.GetString(1));
        return texts;
    }

    /// <summary>The latest values of a metric; NaN where a run has none.</summary>
    public double[] Values(string metric)
    {
        var values = new double[Count];
        Array.Fill(values, double.NaN);
        ForEach("latest_metrics v ON v.run = r.run AND v.key = $1 AND v.is_nan = 0", "v.value", metric, (place, row) => values[place] = row.GetDouble(1));
        return values;
    }

    private void ForEach(string table, string value, string key, Action<int, System.Data.Common.DbDataReader> visit)
    {
        var places = Places();
        var sql = new SqlBuilder();
        sql.Argument(key);
        var experiments = sql.List([.. _query.Experiments.Select(id => long.TryParse(id, out var number) ? number : -1).Cast<object>()]);
        sql.Append($"SELECT r.run, {value} FROM runs r JOIN {table} WHERE r.experiment_id IN {experiments} ORDER BY r.run, {value}");
        _database.Read(session =>
        {
            session.ForEach(
                sql.Text,
                row =>
                {
                    if (places.TryGetValue(row.GetInt64(0), out var place))
                    {
                        visit(place, row);
                    }
                },
                sql.Arguments);
            return true;
        });
    }

    private static Http.ViewType Stages(Mlflow.ViewType view) => view switch
    {
        Mlflow.ViewType.ActiveOnly => Http.ViewType.ActiveOnly,
        Mlflow.ViewType.DeletedOnly => Http.ViewType.DeletedOnly,
        _ => Http.ViewType.All,
    };

    private Dictionary<long, int> Places()
    {
        var places = new Dictionary<long, int>(_numbers.Length);
        for (var i = 0; i < _numbers.Length; i++)
        {
            places[_numbers[i]] = i;
        }

        return places;
    }

    /// <summary>Parents are only tags: runs that are each other's parents would otherwise never be shown.</summary>
    private void BreakCircles()
    {
        var seen = new int[_parents.Length];
        for (var start = 0; start < _parents.Length; start++)
        {
            var mark = start + 1;
            for (var at = start; at >= 0 && seen[at] == 0; at = _parents[at])
            {
                seen[at] = mark;
                if (_parents[at] is >= 0 and var parent && seen[parent] == mark)
                {
                    _parents[at] = -1;
                }
            }
        }
    }
}
