using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Registry;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Home;

/// <summary>A page for people at <c>/</c>: the newest experiments, runs and the registered models.</summary>
internal sealed class HomeEndpoints(Database database) : IEndpoints
{
    private const int MostRows = 50;

    private const string Style = "body{font:14px system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;"
        + "color-scheme:light dark}table{border-collapse:collapse;width:100%;margin-bottom:2rem}"
        + "th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #8884}";

    public void Map(ApiRoutes routes) =>
        routes.App.MapMethods("/", [HttpMethods.Get], (RequestDelegate)ShowAsync);

    private Task ShowAsync(HttpContext context)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>MlKit tracking</title>");
        page.Append(CultureInfo.InvariantCulture, $"<style>{Style}</style></head><body><h1>MlKit tracking</h1>");
        page.Append("<p>MLflow clients use this address as their tracking URI. ")
            .Append("<a href=\"/health\">health</a> · <a href=\"/metrics\">metrics</a></p>");
        database.Read(session =>
        {
            Models(page, session);
            Runs(page, session);
            Experiments(page, session);
            return true;
        });
        page.Append("</body></html>");
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    private static void Models(StringBuilder page, SqlSession session)
    {
        var models = session.Query(
            $"SELECT {RegisteredModel.Columns} FROM registered_models m ORDER BY m.name LIMIT {MostRows}", RegisteredModel.Read)
            .Select(model => RegisteredModelStore.ToMessage(session, model));
        Table(page, "Registered models", ["Name", "Latest version", "Aliases"], models.Select(model => (string[])
        [
            model.Name,
            model.LatestVersions is { } latest ? latest[^1].Version : "",
            string.Join(", ", (model.Aliases ?? []).Select(alias => $"{alias.Alias} → {alias.Version}")),
        ]));
    }

    private static void Runs(StringBuilder page, SqlSession session)
    {
        var runs = session.Query(
            $"SELECT {Run.Columns} FROM runs r WHERE r.deleted = 0 ORDER BY r.start_time DESC LIMIT {MostRows}", Run.Read)
            .Select(run => RunReader.ToMessage(session, run));
        Table(page, "Newest runs", ["Run", "Experiment", "Status", "Started", "Metrics"], runs.Select(run => (string[])
        [
            run.Info.RunName,
            run.Info.ExperimentId,
            run.Info.Status.ToString(),
            Time(run.Info.StartTime),
            string.Join(", ", (run.Data.Metrics ?? []).Take(6)
                .Select(metric => $"{metric.Key} {metric.Value.ToString("G4", CultureInfo.InvariantCulture)}")),
        ]));
    }

    private static void Experiments(StringBuilder page, SqlSession session)
    {
        var experiments = session.Query(
            $"SELECT {ExperimentStore.Columns} FROM experiments e WHERE e.deleted = 0 ORDER BY e.experiment_id DESC LIMIT {MostRows}",
            ExperimentStore.Read);
        Table(page, "Experiments", ["Id", "Name", "Created"], experiments.Select(experiment => (string[])
            [experiment.IdText, experiment.Name, Time(experiment.CreationTime)]));
    }

    private static void Table(StringBuilder page, string title, string[] head, IEnumerable<string[]> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><table><tr>");
        page.AppendJoin("", head.Select(cell => $"<th scope=\"col\">{cell}</th>")).Append("</tr>");
        foreach (var row in rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{HtmlEncoder.Default.Encode(cell)}</td>")).Append("</tr>");
        }

        page.Append("</table>");
    }

    private static string Time(long milliseconds) => milliseconds is <= 0 or > 253_402_300_799_999
        ? ""
        : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
