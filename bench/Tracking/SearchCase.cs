using System.Diagnostics;
using MlKit.Tracking.Storage;

namespace MlKit.Bench.Tracking;

/// <summary>Search over 100,000 runs by one metric, ordered by another, a page of 100.</summary>
internal static class SearchCase
{
    private const int Runs = 100_000;
    private const int Searches = 30;

    public static async Task<bool> RunAsync()
    {
        using var folder = new ScratchFolder();
        Fill(Path.Combine(folder.Path, "tracking.db"));
        await using var server = await ServerProcess.TrackingAsync(folder.Path);
        var tenth = await MedianAsync(server, 0.9);
        var half = await MedianAsync(server, 0.5);
        return Report.AtMost("filter keeps 10 %, median", tenth, 50, "ms")
            & Report.AtMost("filter keeps 50 %, median", half, 250, "ms")
            & Report.AtMost("memory of the server", server.PeakMemory, 250, "MB");
    }

    private static async Task<double> MedianAsync(ServerProcess server, double bound)
    {
        var times = new List<double>();
        for (var i = 0; i < Searches; i++)
        {
            var limit = (bound + (i * 1e-5)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var query = $"{{\"experiment_ids\":[\"0\"],\"filter\":\"metrics.accuracy > {limit}\","
                + "\"order_by\":[\"metrics.loss ASC\"],\"max_results\":100}";
            var start = Stopwatch.GetTimestamp();
            using var answer = await Api.PostAsync(server.Http, "runs/search", query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer.RootElement.GetProperty("runs").GetArrayLength() != 100)
            {
                throw new InvalidOperationException("the page is not full");
            }
        }

        return times.Order().ElementAt(Searches / 2);
    }

    /// <summary>Runs with three metrics, two params and two tags each, written past the server to save time.</summary>
    private static void Fill(string file)
    {
        using var database = new SqliteDatabase(file);
        var random = new Random(7);
        for (var start = 0; start < Runs; start += 10_000)
        {
            var from = start;
            database.WriteAsync(session =>
            {
                for (var run = from + 1; run <= from + 10_000; run++)
                {
                    FillRun(session, run, random);
                }
            }).GetAwaiter().GetResult();
        }
    }

    private static void FillRun(SqlSession session, long run, Random random)
    {
        session.Execute(
            "INSERT INTO runs (run, run_id, experiment_id, name, user_id, status, start_time, artifact_uri) "
            + "VALUES ($1, $2, 0, $3, 'bench', 3, $4, $5)",
            run, Guid.NewGuid().ToString("n"), $"run-{run}", 1_700_000_000_000 + run, $"mlflow-artifacts:/0/{run}/artifacts");
        foreach (var key in (string[])["accuracy", "loss", "time"])
        {
            session.Execute(
                "INSERT INTO latest_metrics (run, key, value, timestamp, step, is_nan) VALUES ($1, $2, $3, $4, 0, 0)",
                run, key, random.NextDouble(), 1_700_000_000_000);
            session.Execute(
                "INSERT INTO metrics (run, key, value, timestamp, step, is_nan) VALUES ($1, $2, $3, $4, 0, 0)",
                run, key, random.NextDouble(), 1_700_000_000_000);
        }

        foreach (var key in (string[])["depth", "rate"])
        {
            session.Execute("INSERT INTO params (run, key, value) VALUES ($1, $2, $3)", run, key, $"{random.Next(10)}");
            session.Execute("INSERT INTO tags (run, key, value) VALUES ($1, $2, $3)", run, key, $"{random.Next(10)}");
        }
    }
}
