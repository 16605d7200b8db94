using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

/// <summary>Slow, many and stubborn clients, models that do not end, and the end of the process.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();

    public FaultTests() => _repository.Write("adder/model.onnx", OnnxFile.Adder(1));

    public void Dispose()
    {
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Clients_that_never_finish_their_headers_are_cut_off_and_hold_nobody_up()
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:HEADERSECONDS", "1");
        var slow = Enumerable.Range(0, 200).Select(_ => Connect(scorer.Http.BaseAddress!)).ToList();
        foreach (var socket in slow)
        {
            socket.Send("POST /v2/models/adder/infer HTTP/1.1\r\nHost: a\r\nX-Slow: "u8);
        }

        await AnswersAsync(scorer.Client);
        foreach (var socket in slow)
        {
            Assert.StartsWith("HTTP/1.1 408", await ReceiveAsync(socket));
            socket.Dispose();
        }
    }

    [Fact]
    public async Task Ten_thousand_open_connections_leave_the_server_answering()
    {
        const int connections = 10_000;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the process is ended by a signal");
        Assert.SkipUnless(MaxOpenFiles() >= connections + 2000, "the limit of open files is too low for ten thousand connections (ulimit -n)");
        // A process of its own: both ends in this one would need twice as many open files.
        using var process = StartProcess(out var address);
        using var http = new HttpClient { BaseAddress = address };
        var client = new RestInferenceClient(http);
        var open = new List<Socket>();
        try
        {
            await Eventually.True(() => client.IsModelReadyAsync("adder"), TimeSpan.FromSeconds(60), "the process serves");
            while (open.Count < connections)
            {
                open.Add(Connect(address));
            }

            // The last of them is served as the first is.
            open[^1].Send("GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n"u8);
            Assert.StartsWith("HTTP/1.1 200", await ReceiveAsync(open[^1]));
            await AnswersAsync(client);
        }
        finally
        {
            open.ForEach(socket => socket.Dispose());
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Clients_that_never_finish_their_bodies_are_cut_off_and_hold_nobody_up()
    {
        // One place more than the slow ones hold.
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:QUEUESIZE", "201", "--MLKIT:SCORER:QUEUEFLOOR", "201");
        for (var round = 0; round < 2; round++)
        {
            var slow = Enumerable.Range(0, 200).Select(_ => Connect(scorer.Http.BaseAddress!)).ToList();
            foreach (var socket in slow)
            {
                socket.Send("POST /v2/models/adder/infer HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n{"u8);
            }

            await AnswersAsync(scorer.Client);
            foreach (var socket in slow)
            {
                Assert.StartsWith("HTTP/1.1 408", await ReceiveAsync(socket));
                socket.Dispose();
            }
        }
    }

    [Fact]
    public async Task A_run_that_does_not_end_is_stopped_and_others_are_answered_meanwhile()
    {
        _repository.Write("counter/model.onnx", OnnxFile.Counter());
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:RUNSECONDS", "2", "--MLKIT:SCORER:COMPUTESLOTS", "2");
        var request = new InferRequest { ModelName = "counter", Inputs = [Tensor.Create<float>("x", [1e15f, 0], 1, 2)] };
        var endless = scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        while (!endless.IsCompleted)
        {
            await AnswersAsync(scorer.Client);
        }

        var error = await Assert.ThrowsAsync<InferenceException>(() => endless);
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        Assert.Contains("MLKIT__SCORER__RUNSECONDS", error.Message);
        var quick = request with { Inputs = [Tensor.Create<float>("x", [3, 0], 1, 2)] };
        var answer = await scorer.Client.InferAsync(quick, TestContext.Current.CancellationToken);
        Assert.Equal([3f, 0f], answer.Output("y").ToArray<float>());
    }

    [Fact]
    public async Task A_caller_that_gives_up_stops_the_run()
    {
        _repository.Write("counter/model.onnx", OnnxFile.Counter());
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:MAXCONCURRENCY", "1");
        var request = new InferRequest { ModelName = "counter", Inputs = [Tensor.Create<float>("x", [1e15f, 0], 1, 2)] };
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var endless = scorer.Client.InferAsync(request, cancel.Token);
        await Eventually.True(async () => (await scorer.Http.GetStringOrErrorAsync("/metrics")).Contains("nv_inference_count{model=\"counter\",version=\"1\"} 0"), TimeSpan.FromSeconds(20), "the server is there");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        // The only instance is free again.
        var quick = request with { Inputs = [Tensor.Create<float>("x", [3, 0], 1, 2)] };
        await scorer.Client.InferAsync(quick, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_SIGTERM_accepted_requests_finish_and_the_process_ends_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM");
        using var process = StartProcess(out var address);
        using var http = new HttpClient { BaseAddress = address };
        var client = new RestInferenceClient(http);
        await Eventually.True(() => client.IsModelReadyAsync("adder"), TimeSpan.FromSeconds(30), "the process serves");
        var load = Enumerable.Range(0, 8).Select(i => AskUntilRefusedAsync(client, i)).ToArray();
        await Eventually.True(async () => !(await http.GetStringOrErrorAsync("/metrics")).Contains("nv_inference_count{model=\"adder\",version=\"1\"} 0"), TimeSpan.FromSeconds(20), "requests come");
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);

        var answers = await Task.WhenAll(load);
        Assert.True(answers.Sum() > 8);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task After_SIGTERM_while_a_model_loads_the_process_ends_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM");
        _repository.Write("endless/model.onnx", OnnxFile.Endless());
        using var process = StartProcess(out var address);
        using var http = new HttpClient { BaseAddress = address };
        await Eventually.True(() => new RestInferenceClient(http).IsModelReadyAsync("adder"), TimeSpan.FromSeconds(30), "the first model is loaded, so that the other is being loaded");
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Nothing_of_the_models_is_kept_for_the_makers_of_a_library()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no such folder");
        using var home = new TemporaryFolder();
        using var process = StartProcess(out var address, ("HOME", home.Path), ("XDG_CACHE_HOME", null), ("CI", null), ("ORT_DISABLE_TELEMETRY", null));
        using var http = new HttpClient { BaseAddress = address };
        await Eventually.True(() => new RestInferenceClient(http).IsModelReadyAsync("adder"), TimeSpan.FromSeconds(30), "the process serves");
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Directory.EnumerateFiles(home.Path, "onnxruntime*", SearchOption.AllDirectories));
    }

    /// <summary>Asks until the server is gone: an answer that began must end, and a refused connection is no lost request.</summary>
    private static async Task<int> AskUntilRefusedAsync(RestInferenceClient client, int value)
    {
        for (var answered = 0; ; answered++)
        {
            try
            {
                var request = new InferRequest { ModelName = "adder", Inputs = [Tensor.Create<float>("x", [value, answered], 1, 2)] };
                var response = await client.InferAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal([value + 1f, answered + 1f], response.Output("y").ToArray<float>());
            }
            catch (InferenceException error) when (error.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.Unknown })
            {
                return answered;
            }
        }
    }

    private Process StartProcess(out Uri address, params (string Name, string? Value)[] environment)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Scorer")) { ArgumentList = { "--urls", address.ToString() } };
        start.Environment["MLKIT__SCORER__MODELREPOSITORY"] = _repository.Path;
        start.Environment["MLKIT__STATE__PATH"] = _state.Path;
        Array.ForEach(environment, one => start.Environment[one.Name] = one.Value);
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static Socket Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, address.Port);
        return socket;
    }

    /// <summary>The beginning of the answer.</summary>
    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private static long MaxOpenFiles()
    {
        const string limits = "/proc/self/limits";
        return File.Exists(limits)
            ? File.ReadLines(limits).Where(line => line.StartsWith("Max open files", StringComparison.Ordinal))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])
                .Select(text => long.TryParse(text, out var number) ? number : long.MaxValue).Single()
            : 0;
    }

    private static async Task AnswersAsync(IInferenceClient client)
    {
        var request = new InferRequest { ModelName = "adder", Inputs = [Tensor.Create<float>("x", [1, 2], 1, 2)] };
        var answer = await client.InferAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([2f, 3f], answer.Output("y").ToArray<float>());
    }
}
