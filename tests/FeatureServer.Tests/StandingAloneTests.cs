using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using MlKit.Feast;
using MlKit.Tests.Replay;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>The server as a process of its own, with its settings in the environment, over recorded registry, files and Redis content.</summary>
[Collection(RedisTests.Name)]
public sealed class StandingAloneTests(RedisServers servers) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-feature-server-alone-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("online-features", RedisServers.RedisServer)]
    [InlineData("materialize", RedisServers.Embedded)]
    [InlineData("grpc-online", RedisServers.RedisServer)]
    public async Task A_recorded_conversation_is_answered_as_recorded(string conversation, string kind)
    {
        var file = SharedMaterial.Require("vectors", "feast-server", conversation + ".json");
        var recorded = Vectors.Load(conversation, "feast-server");
        var setup = Vectors.Load(Path.GetFileNameWithoutExtension(recorded.Text("setup")), "feast-server");
        var redis = await servers.EmptyAsync(kind);
        await FeatureServerUnderTest.FillAsync(redis, setup);
        FeatureServerUnderTest.Unpack(setup, _folder);
        var (http, grpc) = (RedisServers.FreePort(), RedisServers.FreePort());
        using var server = Start(redis, setup.Text("project"), setup.Text("registry_path"), http, grpc);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
            await Eventually.True(async () => await AnswersAsync(client), TimeSpan.FromSeconds(60), "the server answers");
            if (!conversation.StartsWith("grpc", StringComparison.Ordinal))
            {
                Assert.True(await Replayer.RunAsync(client.BaseAddress, file, Token) > 0);
                return;
            }

            using var replay = new GrpcReplay(new Uri($"http://127.0.0.1:{grpc}"));
            foreach (var exchange in recorded.GetProperty("exchanges").EnumerateArray().Where(exchange => !exchange.TryGetProperty("note", out _)))
            {
                Assert.Equal((exchange.Text("id"), null), (exchange.Text("id"), await replay.CompareAsync(exchange)));
            }
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Token);
        }
    }

    [Fact]
    public async Task A_setting_that_is_not_allowed_ends_the_process_with_one_line()
    {
        var start = Program("--urls", "http://127.0.0.1:0");
        start.Environment["MLKIT__FEAST__GRPCPORT"] = "many";
        start.Environment["MLKIT__STATE__PATH"] = _folder;
        using var server = Process.Start(start)!;
        var errors = await server.StandardError.ReadToEndAsync(Token);
        await server.WaitForExitAsync(Token);

        Assert.Equal(1, server.ExitCode);
        Assert.Equal("FeatureServer: MLKIT__FEAST__GRPCPORT is 'many'; allowed is a whole number from 0 to 65535", errors.Trim());
    }

    [Theory]
    [InlineData("pushed")]
    [InlineData("pushed.parquet")]
    public async Task What_a_push_to_the_files_acknowledged_is_there_after_kill_9(string files)
    {
        await using var store = new FeatureStore(new FeatureStoreOptions("demo", Path.Combine(_folder, "registry.db"), _folder));
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }],
                Views = [new FeatureView("v", new PushSource("source", new FileSource("files", files))) { Entities = ["user"], Schema = [new Field("n", ValueType.Int64)] }],
            },
            Token);
        var http = RedisServers.FreePort();
        using var server = Start(await servers.EmptyAsync(RedisServers.Embedded), "demo", "registry.db", http, RedisServers.FreePort());
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await Eventually.True(async () => await AnswersAsync(client), TimeSpan.FromSeconds(60), "the server answers");

        var acknowledged = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(first => PushUntilKilledAsync(client, first, acknowledged, server)));
        await server.WaitForExitAsync(Token);

        var rows = await store.ReadFrameAsync(files.EndsWith(".parquet", StringComparison.Ordinal) ? Path.Combine(_folder, files) : Path.Combine(_folder, files, "*.parquet"), Token);
        Assert.InRange(acknowledged.Count, 40, 50);
        Assert.Empty(acknowledged.Except(rows["n"].Values.Cast<long?>().Select(value => value!.Value)));
    }

    /// <summary>Pushes every fourth number, and kills the server after the fortieth acknowledgement.</summary>
    private static async Task PushUntilKilledAsync(HttpClient client, long first, ConcurrentBag<long> acknowledged, Process server)
    {
        try
        {
            for (var row = first; ; row += 4)
            {
                using var answer = await client.PostAsJsonAsync(
                    "/push",
                    new { push_source_name = "source", df = new { user_id = new[] { row }, n = new[] { row }, event_timestamp = new[] { "2026-03-01T00:00:00Z" } }, to = row % 2 == 0 ? "offline" : "online_and_offline" },
                    Token);
                Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
                acknowledged.Add(row);
                if (acknowledged.Count >= 40)
                {
                    server.Kill();
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private Process Start(string redis, string project, string registry, int http, int grpc)
    {
        var start = Program("--urls", $"http://127.0.0.1:{http}");
        start.Environment["ConnectionStrings__redis"] = redis;
        start.Environment["MLKIT__FEAST__PROJECT"] = project;
        start.Environment["MLKIT__FEAST__REGISTRY"] = Path.Combine(_folder, registry);
        start.Environment["MLKIT__FEAST__OFFLINE"] = _folder;
        start.Environment["MLKIT__FEAST__GRPCPORT"] = $"{grpc}";
        start.Environment["MLKIT__STATE__PATH"] = _folder;
        var server = Process.Start(start)!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static ProcessStartInfo Program(params string[] arguments) => new("dotnet", [typeof(FeatureServer.FeatureServerOptions).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardErrorEncoding = Encoding.UTF8,
    };

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health", Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
