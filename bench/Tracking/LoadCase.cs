using System.Diagnostics;
using System.Net;

namespace MlKit.Bench.Tracking;

/// <summary>100 writers and readers for 60 s: no 5xx, and every acknowledged metric is there at the end.</summary>
internal static class LoadCase
{
    private const int Clients = 100;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    public static async Task<bool> RunAsync()
    {
        using var folder = new ScratchFolder();
        await using var server = await ServerProcess.TrackingAsync(folder.Path);
        var failures = 0;
        var requests = 0;
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var runId = await Api.CreateRunAsync(server.Http);
            var steps = 0;
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Time; steps++)
            {
                await Api.SendAsync(server.Http, "runs/log-batch", Api.Batch(runId, 10, steps));
                using var answer = await server.Http.GetAsync($"api/2.0/mlflow/runs/get?run_id={runId}");
                Interlocked.Add(ref requests, 2);
                if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    Interlocked.Increment(ref failures);
                }
            }

            return (RunId: runId, Steps: steps);
        })));
        var missing = 0L;
        foreach (var (runId, steps) in acknowledged)
        {
            missing += steps - await CountAsync(server, runId);
        }

        Report.Note("requests per second", requests / Time.TotalSeconds, "1/s");
        return Report.AtMost("answers of 5xx", failures, 0, "")
            & Report.AtMost("acknowledged metrics that are missing", missing, 0, "")
            & Report.AtMost("memory of the server", server.PeakMemory, 250, "MB");
    }

    private static async Task<int> CountAsync(ServerProcess server, string runId)
    {
        using var answer = await server.Http.GetAsync($"api/2.0/mlflow/metrics/get-history?run_id={runId}&metric_key=metric_9");
        using var history = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return history.RootElement.GetProperty("metrics").EnumerateArray().Select(point => point.GetProperty("step").GetInt64()).Distinct().Count();
    }
}
