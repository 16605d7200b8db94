using System.Diagnostics;
using System.Net.Sockets;
using MlKit.Storage;

namespace MlKit.Tests;

/// <summary>The npm package s3rver, which knows no conditional writes.</summary>
internal sealed class S3Rver : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("mlkit-s3rver-").FullName;
    private Process? _process;

    public S3Options Options { get; private set; } = new();

    /// <summary>Starts the server with the bucket <c>bucket</c>; skips the test where node or the package cannot be had.</summary>
    public static async Task<S3Rver> StartAsync()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Clients", "s3rver");
        var script = Path.Combine(folder, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(script))
        {
            using var npm = TryStart(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], folder);
            Assert.SkipWhen(npm is null, "npm is not installed");
            await npm!.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(!File.Exists(script), "npm could not install the package s3rver");
        }

        var server = new S3Rver();
        var port = FreePort();
        server._process = TryStart("node", [script, "-d", server._data, "-a", "127.0.0.1", "-p", $"{port}", "--configure-bucket", "bucket"], folder);
        Assert.SkipWhen(server._process is null, "node is not installed");
        server.Options = new S3Options { Endpoint = new Uri($"http://127.0.0.1:{port}"), AccessKey = "S3RVER", SecretKey = "S3RVER" };
        await Eventually.True(() => AcceptsAsync(port), TimeSpan.FromSeconds(20), "s3rver accepts connections");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process? TryStart(string program, string[] arguments, string folder)
    {
        try
        {
            var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
