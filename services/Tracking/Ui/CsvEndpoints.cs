using System.Globalization;
using System.Text;
using MlKit.Mlflow;
using MlKit.Tracking.Http;
using MlKit.Tracking.Ui.Runs;
using ViewType = MlKit.Mlflow.ViewType;

namespace MlKit.Tracking.Ui;

/// <summary>What the UI's CSV buttons lead to: every run that a table shows, and every point of a metric.</summary>
internal sealed class CsvEndpoints(MlflowClient client)
{
    private const int PageSize = 1000;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ui/runs.csv", RunsAsync);
        app.MapGet("/ui/metric.csv", MetricAsync);
    }

    private async Task RunsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var runs = new RunQuery(
            RunFacts.List(query["experiments"]), OrNull(query["filter"]), OrNull(query["order"]) ?? RunQuery.Newest,
            query["deleted"] == "true" ? ViewType.DeletedOnly : ViewType.ActiveOnly);

        // Once for the columns, once for the rows, so that no more than a page is held.
        var columns = new SortedSet<(ColumnKind Kind, string Key)>();
        await ForEachAsync(context, runs, run =>
        {
            columns.UnionWith(run.Data.Params.Select(param => (ColumnKind.Param, param.Key)));
            columns.UnionWith(run.Data.Metrics.Select(metric => (ColumnKind.Metric, metric.Key)));
            columns.UnionWith(run.Data.Tags.Visible().Select(tag => (ColumnKind.Tag, tag.Key)));
            return null;
        });
        Begin(context, "runs.csv");
        string[] fixedColumns = ["run_id", "name", "experiment_id", "status", "start_time", "end_time", "user"];
        await WriteAsync(context, fixedColumns.Concat(columns.Select(column => new RunColumn(column.Kind, column.Key).Id)));
        await ForEachAsync(context, runs, run => Cells(run, columns));
    }

    private async Task MetricAsync(HttpContext context)
    {
        var keys = context.Request.Query["metric"].OfType<string>().Where(key => key.Length > 0).Distinct().ToList();
        if (keys.Count == 0)
        {
            throw ApiException.MissingParameter("metric");
        }

        var ids = RunFacts.List(context.Request.Query["runs"]);
        Begin(context, "metric.csv");
        await WriteAsync(context, ["run_id", "metric", "step", "timestamp", "value"]);
        foreach (var (id, key) in ids.SelectMany(id => keys.Select(key => (id, key))))
        {
            var text = new StringBuilder();
            foreach (var point in await AskAsync(() => client.GetMetricHistoryAsync(id, key, context.RequestAborted)))
            {
                Csv.Row(text, [id, key, Text(point.Step), Text(point.Timestamp), point.Value.ToString("R", CultureInfo.InvariantCulture)]);
            }

            await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
        }
    }

    private async Task ForEachAsync(HttpContext context, RunQuery query, Func<Run, IEnumerable<string>?> visit)
    {
        string? token = null;
        do
        {
            var page = await AskAsync(() => query.PageAsync(client, PageSize, token, context.RequestAborted));
            var text = new StringBuilder();
            foreach (var run in page.Items)
            {
                if (visit(run) is { } cells)
                {
                    Csv.Row(text, cells);
                }
            }

            if (text.Length > 0)
            {
                await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
            }

            token = page.NextPageToken;
        }
        while (token is not null);
    }

    private static IEnumerable<string> Cells(Run run, IEnumerable<(ColumnKind Kind, string Key)> columns)
    {
        var metrics = run.Data.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value);
        var parameters = run.Data.Params.ToDictionary(param => param.Key, param => param.Value);
        return new[]
        {
            run.Info.RunId, run.Info.RunName, run.Info.ExperimentId, run.Info.Status.ToString().ToUpperInvariant(),
            Text(run.Info.StartTime), run.Info.EndTime is { } end ? Text(end) : "", run.User(),
        }.Concat(columns.Select(column => column.Kind switch
        {
            ColumnKind.Metric => metrics.TryGetValue(column.Key, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "",
            ColumnKind.Param => parameters.GetValueOrDefault(column.Key, ""),
            _ => run.Data.Tags.Tag(column.Key) ?? "",
        }));
    }

    /// <summary>What the server refuses here, it refuses to the browser too.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (MlflowException error) when ((int)error.StatusCode is >= 400 and < 500)
        {
            throw error.IsMissing ? ApiException.Missing(error.Reason) : ApiException.Invalid(error.Reason);
        }
    }

    private static void Begin(HttpContext context, string name)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename={name}";
    }

    private static Task WriteAsync(HttpContext context, IEnumerable<string> cells)
    {
        var text = new StringBuilder();
        Csv.Row(text, cells);
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
