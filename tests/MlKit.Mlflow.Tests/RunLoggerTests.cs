using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>The logger never blocks, and loses nothing that the server can take.</summary>
public sealed class RunLoggerTests(TrackingServerFixture server) : IClassFixture<TrackingServerFixture>
{
    private static readonly RunLoggerOptions Fast = new()
    {
        FlushInterval = TimeSpan.FromMilliseconds(20),
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    private readonly MlflowClient _client = new(new HttpClient { BaseAddress = server.Address });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_was_logged_by_many_threads_arrives()
    {
        var run = await _client.CreateRunAsync("0", "threads", cancellationToken: Stop);
        await using (var logger = new RunLogger(_client, run.Info.RunId, Fast))
        {
            Parallel.For(0, 8, thread =>
            {
                for (var step = 0; step < 1500; step++)
                {
                    logger.LogMetric($"m{thread}", step, step);
                }
            });
            for (var i = 0; i < 250; i++)
            {
                logger.LogParam($"p{i}", "v");
                logger.SetTag($"t{i}", "v");
            }
        }

        var read = await _client.GetRunAsync(run.Info.RunId, Stop);
        Assert.Equal(250, read.Data.Params.Count);
        Assert.Equal(250, read.Data.Tags.Count(tag => tag.Key[0] == 't'));
        for (var thread = 0; thread < 8; thread++)
        {
            Assert.Equal(1500, (await _client.GetMetricHistoryAsync(run.Info.RunId, $"m{thread}", Stop)).Count);
        }
    }

    [Fact]
    public async Task What_the_server_refuses_is_singled_out_and_nothing_goes_with_it()
    {
        var run = await _client.CreateRunAsync("0", "wrong keys", cancellationToken: Stop);
        var rejected = new List<RejectedItem>();
        var options = new RunLoggerOptions { FlushInterval = TimeSpan.FromMinutes(5), OnRejected = rejected.Add };
        await using var logger = new RunLogger(_client, run.Info.RunId, options);
        for (var i = 0; i < 300; i++)
        {
            logger.LogMetric(i is 7 or 150 ? $"bad?key{i}" : $"good{i}", i);
        }

        logger.LogParam("once", "a");
        logger.LogParam("once", "b");
        await logger.FlushAsync(Stop);
        Assert.Equal(["bad?key150", "bad?key7", "once"], rejected.Select(item => item.Key).Order(StringComparer.Ordinal));
        Assert.All(rejected, item => Assert.Equal("INVALID_PARAMETER_VALUE", item.Error.ErrorCode));
        var read = await _client.GetRunAsync(run.Info.RunId, Stop);
        Assert.Equal(298, read.Data.Metrics.Count);
        Assert.Equal(new Param("once", "a"), Assert.Single(read.Data.Params));
        Assert.Equal(0, logger.Pending);
    }

    [Fact]
    public async Task Logging_never_waits_for_a_server_that_does_not_answer()
    {
        var handler = new StuckHandler();
        var logger = new RunLogger(Client(handler), "r", Fast);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++)
        {
            logger.LogMetric("loss", i, i);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"20,000 calls took {clock.Elapsed}");
        Assert.Equal(20_000, logger.Pending);
        handler.Release();
        await logger.DisposeAsync();
        Assert.Equal(20_000, handler.Metrics);
        Assert.Throws<ObjectDisposedException>(() => logger.LogMetric("late", 1));
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_while_gets_everything_afterwards()
    {
        var down = Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 12).Append(HttpStatusCode.OK).ToArray();
        var handler = new ScriptedHandler(down);
        await using (var logger = new RunLogger(Client(handler), "r", Fast))
        {
            logger.LogMetric("loss", 0.5, 1);
            await logger.FlushAsync(Stop);
        }

        Assert.Equal(13, handler.Bodies.Count);
        Assert.Single(handler.Bodies.Distinct());
    }

    [Fact]
    public async Task A_server_that_stays_away_is_named_with_what_is_lost()
    {
        var logger = new RunLogger(
            Client(new ScriptedHandler(HttpStatusCode.ServiceUnavailable)), "r",
            new RunLoggerOptions { ExitLimit = TimeSpan.FromMilliseconds(50), RetryDelay = TimeSpan.FromMilliseconds(1) });
        logger.LogMetric("loss", 1);
        logger.LogMetric("loss", 2);
        var error = await Assert.ThrowsAsync<MlflowException>(async () => await logger.DisposeAsync());
        Assert.StartsWith("2 metrics, params and tags of run r could not be sent", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_forgets_to_dispose_loses_nothing()
    {
        var run = await _client.CreateRunAsync("0", "forgetful", cancellationToken: Stop);
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            Repository.Root, "tests", "Clients", "run-logger", "bin", framework.Parent!.Name, framework.Name, "RunLoggerProgram.dll");
        var result = await Tool.TryRunAsync("dotnet", [program, server.Address.ToString(), run.Info.RunId, "5000"], Path.GetTempPath());
        Assert.True(result!.Code == 0, result.Output);
        Assert.Equal(5000, (await _client.GetMetricHistoryAsync(run.Info.RunId, "loss", Stop)).Count);
    }

    private static MlflowClient Client(HttpMessageHandler handler) => new(
        new HttpClient(handler) { BaseAddress = new Uri("http://mlflow.test") },
        new MlflowClientOptions { MaxRetries = 0 });

    /// <summary>Answers nothing until it is released, and counts the metrics that it takes.</summary>
    private sealed class StuckHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _metrics;

        public int Metrics => _metrics;

        public void Release() => _released.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await _released.Task.WaitAsync(cancellationToken);
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            Interlocked.Add(ref _metrics, body["metrics"]!.AsArray().Count);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
        }
    }
}
