using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MlKit.Tests.Replay;

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
        using var server = Start(redis, setup, http, grpc);
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

    private Process Start(string redis, JsonElement setup, int http, int grpc)
    {
        var start = Program("--urls", $"http://127.0.0.1:{http}");
        start.Environment["ConnectionStrings__redis"] = redis;
        start.Environment["MLKIT__FEAST__PROJECT"] = setup.Text("project");
        start.Environment["MLKIT__FEAST__REGISTRY"] = Path.Combine(_folder, setup.Text("registry_path"));
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
