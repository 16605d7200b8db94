using System.Diagnostics;

namespace MlKit.Bench.Tracking;

/// <summary>From the start of the process to the first answer, on an empty folder; and memory when nothing happens.</summary>
internal static class StartCase
{
    private const int Starts = 5;

    public static async Task<bool> RunAsync()
    {
        var times = new List<double>();
        double idle = 0;
        for (var i = 0; i < Starts; i++)
        {
            using var folder = new ScratchFolder();
            var start = Stopwatch.GetTimestamp();
            await using var server = await ServerProcess.TrackingAsync(folder.Path);
            await Api.GetAsync(server.Http, "experiments/get?experiment_id=0");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            idle = server.Memory;
        }

        return Report.AtMost("cold start to first answer, median", times.Order().ElementAt(Starts / 2), 1000, "ms")
            & Report.AtMost("idle memory", idle, 150, "MB");
    }
}
