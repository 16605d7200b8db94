namespace MlKit.Bench.Tracking;

/// <summary>CPU time of the server per request, 8 requests at a time.</summary>
internal static class CpuCase
{
    private const int Together = 8;

    public static async Task<bool> RunAsync()
    {
        using var folder = new ScratchFolder();
        await using var server = await ServerProcess.TrackingAsync(folder.Path);
        var batchRun = await Api.CreateRunAsync(server.Http);
        var batch = await PerRequestAsync(
            server, 6000, i => Api.SendAsync(server.Http, "runs/log-batch", Api.Batch(batchRun, 10, i)));

        var readRun = await Api.CreateRunAsync(server.Http);
        await Api.SendAsync(server.Http, "runs/log-batch", Api.Batch(readRun, 10, 0));
        var get = await PerRequestAsync(server, 6000, _ => Api.GetAsync(server.Http, $"runs/get?run_id={readRun}"));

        var longRun = await Api.CreateRunAsync(server.Http);
        for (var step = 0; step < 5000; step++)
        {
            await Api.SendAsync(server.Http, "runs/log-batch", Api.Batch(longRun, 1, step));
        }

        var history = await PerRequestAsync(
            server, 500,
            _ => Api.GetAsync(server.Http, $"metrics/get-history?run_id={longRun}&metric_key=metric_0&max_results=25000"));
        return Report.AtMost("log-batch of 10 metrics", batch, 0.3, "ms")
            & Report.AtMost("get run", get, 0.15, "ms")
            & Report.AtMost("history of 5,000 points", history, 4, "ms");
    }

    /// <summary>A first half warms up, the second is measured.</summary>
    private static async Task<double> PerRequestAsync(ServerProcess server, int count, Func<int, Task> request)
    {
        var next = -1;
        async Task RunAsync(int until)
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < until)
            {
                await request(i);
            }

            Interlocked.Decrement(ref next);
        }

        await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => RunAsync(count / 2)));
        var before = server.CpuTime;
        await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => RunAsync(count)));
        return (server.CpuTime - before).TotalMilliseconds / (count / 2.0);
    }
}
