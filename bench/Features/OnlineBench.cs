using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace MlKit.Bench.Features;

/// <summary>get-online-features over HTTP against the bare pipeline of the same run.</summary>
internal static partial class OnlineBench
{
    private const int Warm = 400;
    private const int Measured = 1500;

    public static async Task RunAsync(string redis)
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-bench-online-").FullName;
        await using var store = await Sample.FillAsync(folder, redis);
        var port = Stores.FreePort();
        using var server = Stores.Start("dotnet", [typeof(FeatureServer.FeatureServerOptions).Assembly.Location, "--urls", $"http://127.0.0.1:{port}"], new()
        {
            ["ConnectionStrings__redis"] = redis,
            ["MLKIT__FEAST__PROJECT"] = "bench",
            ["MLKIT__FEAST__REGISTRY"] = Path.Combine(folder, "registry.db"),
            ["MLKIT__FEAST__OFFLINE"] = folder,
            ["Logging__LogLevel__Default"] = "Warning",
            ["DOTNET_gcServer"] = "0",
        });
        try
        {
            await Stores.ListensAsync(port);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await HundredByTwentyAsync(client, server, redis, folder);
            await OneByFiftyAsync(client);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task HundredByTwentyAsync(HttpClient client, Process server, string redis, string folder)
    {
        var request = new
        {
            features = Sample.References("one", 10).Concat(Sample.References("two", 10)).ToArray(),
            entities = new { user_id = Enumerable.Range(0, 100).ToArray() },
        };
        var answer = Path.Combine(folder, "answer.json");
        await File.WriteAllBytesAsync(answer, await PostAsync(client, request));
        for (var i = 0; i < Warm; i++)
        {
            await PostAsync(client, request);
        }

        server.Refresh();
        var (cpu, allocated) = (server.TotalProcessorTime, await AllocatedAsync(client));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Measured; i++)
        {
            await PostAsync(client, request);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        server.Refresh();
        var cpuPerRequest = (server.TotalProcessorTime - cpu).TotalMicroseconds / Measured;
        var allocatedPerRequest = (await AllocatedAsync(client) - allocated) / Measured;
        var bare = await BareAsync(redis, answer);
        var limit = (bare.Cpu + bare.Json) / 0.7;
        Print($"100 entities x 20 features: server CPU {cpuPerRequest:0} us, bare pipeline {bare.Cpu:0} us + JSON {bare.Json:0} us; ratio {cpuPerRequest / (bare.Cpu + bare.Json):0.00} (target at most 1.43), {(cpuPerRequest <= limit ? "met" : "MISSED")}");
        Print($"  allocated {allocatedPerRequest / 1024:0.0} KB, bare pipeline {bare.Allocated / 1024:0.0} KB; above it {(allocatedPerRequest - bare.Allocated) / 1024:0.0} KB (target below 50)");
        await HalfLoadAsync(client, request, Measured / seconds / 2);
    }

    /// <summary>Requests at fixed times, at half the rate that one connection reaches; a late start counts as latency.</summary>
    private static async Task HalfLoadAsync(HttpClient client, object request, double rate)
    {
        const int count = 1500;
        var latencies = new double[count];
        var start = Stopwatch.GetTimestamp();
        var running = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var due = i / rate;
            var wait = due - Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (wait > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(wait));
            }

            running.Add(OneAsync(i, due));
        }

        await Task.WhenAll(running);
        Array.Sort(latencies);
        Print($"  at half load ({rate:0} requests/s): p50 {latencies[count / 2]:0.00} ms, p99 {latencies[count * 99 / 100]:0.00} ms (target p99 below 10)");

        async Task OneAsync(int i, double due)
        {
            await PostAsync(client, request);
            latencies[i] = (Stopwatch.GetElapsedTime(start).TotalSeconds - Math.Max(due, 0)) * 1000;
        }
    }

    private static async Task OneByFiftyAsync(HttpClient client)
    {
        var request = new { features = Sample.References("wide", 50), entities = new { user_id = new[] { 7 } } };
        for (var i = 0; i < Warm; i++)
        {
            await PostAsync(client, request);
        }

        var before = await ServerSecondsAsync(client);
        var latencies = new double[2000];
        for (var i = 0; i < latencies.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await PostAsync(client, request);
            latencies[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var after = await ServerSecondsAsync(client);
        Array.Sort(latencies);
        Print($"1 entity x 50 features: {(after - before) / latencies.Length * 1000:0.000} ms on average in the server, median {latencies[latencies.Length / 2]:0.000} ms seen by the client (target below 0.5 in the server)");
    }

    private static async Task<byte[]> PostAsync(HttpClient client, object request)
    {
        using var response = await client.PostAsJsonAsync("/get-online-features", request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<(double Cpu, double Allocated, double Json)> BareAsync(string redis, string answer)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OnlineBench).Assembly.Location, "serve-bare", redis, answer]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var numbers = output.Trim().Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    private static async Task<double> AllocatedAsync(HttpClient client) => await MetricAsync(client, AllocatedBytes());

    private static async Task<double> ServerSecondsAsync(HttpClient client) => await MetricAsync(client, LatencySum());

    private static async Task<double> MetricAsync(HttpClient client, Regex metric)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Accept.ParseAdd("text/plain");
        using var response = await client.SendAsync(request);
        return metric.Matches(await response.Content.ReadAsStringAsync()).Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    [GeneratedRegex(@"^dotnet_gc_heap_total_allocated_bytes_total(?:\{[^}]*\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex AllocatedBytes();

    [GeneratedRegex(@"^feast_feature_server_request_latency_seconds_sum\{[^}]*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex LatencySum();
}
