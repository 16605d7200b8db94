using System.Diagnostics;

namespace MlKit.Bench.Tracking;

/// <summary>1 GB up and down, against a server that does nothing but copy.</summary>
internal static class ArtifactCase
{
    private const long Size = 1_000_000_000;
    private const string Path = "api/2.0/mlflow-artifacts/artifacts/0/big.bin";

    public static async Task<bool> RunAsync()
    {
        using var folder = new ScratchFolder();
        using var copies = new ScratchFolder();
        await using var copy = await ServerProcess.StartAsync("Tracking.Bench.dll", ["copy-server", copies.Path], copies.Path);
        await using var server = await ServerProcess.TrackingAsync(folder.Path);
        var before = server.Memory;
        // In turn, the best of each: what the disk still writes of the one before must not count.
        var (plainUp, up, plainDown, down) = (double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < 4; round++)
        {
            plainUp = Math.Min(plainUp, await UpAsync(copy, "big.bin"));
            up = Math.Min(up, await UpAsync(server, Path));
            plainDown = Math.Min(plainDown, await DownAsync(copy, "big.bin"));
            down = Math.Min(down, await DownAsync(server, Path));
        }

        Report.Note("plain copy up", plainUp, "s");
        Report.Note("plain copy down", plainDown, "s");
        return Report.AtMost("upload compared with a plain copy", up / plainUp, 1.5, "times")
            & Report.AtMost("download compared with a plain copy", down / plainDown, 1.5, "times")
            & Report.AtMost("memory gained at the most", server.PeakMemory - before, 60, "MB");
    }

    private static async Task<double> UpAsync(ServerProcess server, string path)
    {
        var clock = Stopwatch.StartNew();
        using var content = new StreamContent(new Zeros(Size), 128 * 1024);
        content.Headers.ContentLength = Size;
        using var answer = await server.Http.PutAsync(path, content);
        answer.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> DownAsync(ServerProcess server, string path)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await server.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null, 128 * 1024);
        return clock.Elapsed.TotalSeconds;
    }
}
