using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using MlKit.FeatureServer;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>A feature server in this process over a temporary folder and a given store.</summary>
internal sealed class FeatureServerUnderTest : IAsyncDisposable
{
    private WebApplication? _app;

    private FeatureServerUnderTest(string project, string registry)
    {
        Project = project;
        Folder = Directory.CreateTempSubdirectory("mlkit-feature-server-").FullName;
        Registry = Path.Combine(Folder, registry);
        Directory.CreateDirectory(Path.GetDirectoryName(Registry)!);
    }

    public string Project { get; }

    public string Folder { get; }

    public string Registry { get; }

    /// <summary>Address of gRPC, where a setting asks for it.</summary>
    public Uri Grpc { get; private set; } = new("http://127.0.0.1:1");

    public HttpClient Client { get; } = new();

    public static async Task<FeatureServerUnderTest> StartAsync(
        string redis, string project = "demo", string registry = "registry.db", Action<string>? prepare = null, params string[] settings)
    {
        var server = new FeatureServerUnderTest(project, registry);
        prepare?.Invoke(server.Folder);
        server._app = FeatureServerApp.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--ConnectionStrings:redis", redis,
            "--MLKIT:FEAST:PROJECT", project,
            "--MLKIT:FEAST:REGISTRY", server.Registry,
            "--MLKIT:FEAST:OFFLINE", server.Folder,
            "--MLKIT:STATE:PATH", server.Folder,
            "--Logging:LogLevel:Default", "None",
            .. settings,
        ]);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = server._app.Urls.ToList();
        server.Client.BaseAddress = new Uri(addresses[0]);
        server.Grpc = new Uri(addresses[^1]);
        return server;
    }

    /// <summary>A server over the registry, the files and the Redis content of a recorded setup.</summary>
    public static async Task<FeatureServerUnderTest> StartAsync(string redis, JsonElement setup, params string[] settings)
    {
        await FillAsync(redis, setup);
        return await StartAsync(redis, setup.Text("project"), setup.Text("registry_path"), folder => Unpack(setup, folder), settings);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Writes the registry and the files of a recorded setup.</summary>
    public static void Unpack(JsonElement setup, string folder)
    {
        var registry = Path.Combine(folder, setup.Text("registry_path"));
        Directory.CreateDirectory(Path.GetDirectoryName(registry)!);
        File.WriteAllBytes(registry, setup.Hex("registry_hex"));
        foreach (var file in setup.GetProperty("files").EnumerateObject())
        {
            var path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Convert.FromHexString(file.Value.GetString()!));
        }
    }

    /// <summary>Sends the commands of a recorded setup.</summary>
    public static async Task FillAsync(string redis, JsonElement setup)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        foreach (var command in setup.GetProperty("redis").EnumerateArray())
        {
            var words = command.EnumerateArray().Select(word => word.GetString()!).ToList();
            await connection.GetDatabase().ExecuteAsync(words[0], [.. words.Skip(1).Select(word => (object)Convert.FromHexString(word))]);
        }
    }
}
