using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MlKit.Tests;

/// <summary>
/// What <c>deploy/images.sh</c> makes runs as the chart runs it: without root, on a read-only root, with a scratch
/// folder. Skipped where there is no container engine or no base image.
/// </summary>
public sealed class ServiceImageTests
{
    private const string Image = "mlkit/feature-server:0.1.0";

    [Fact]
    public async Task An_image_says_what_it_is_and_answers_without_root_on_a_read_only_root()
    {
        await RequireBaseImageAsync();
        await RunAsync("bash", Path.Combine(Repository.Root, "tests", "containers", "containers.sh"), "images", "FeatureServer");

        var config = JsonNode.Parse(await RunAsync("docker", "inspect", "--format", "{{json .Config}}", Image))!;
        Assert.Equal("10001", (string?)config["User"]);
        Assert.Equal("0.1.0", (string?)config["Labels"]!["org.opencontainers.image.version"]);
        Assert.Equal("mlkit/feature-server", (string?)config["Labels"]!["org.opencontainers.image.title"]);
        Assert.NotEmpty((string)config["Labels"]!["org.opencontainers.image.revision"]!);

        var container = (await RunAsync(
            "docker", "run", "--detach", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--publish", "127.0.0.1::6566",
            "--env", "HTTP_PORTS=6566", "--env", "MLKIT__STATE__PATH=/tmp/mlkit", Image)).Trim();
        try
        {
            Assert.Equal("10001", (await RunAsync("docker", "exec", container, "id", "-u")).Trim());
            await AnswersAsync(container);
        }
        finally
        {
            await RunAsync("docker", "rm", "--force", container);
        }
    }

    private static async Task AnswersAsync(string container)
    {
        var address = (await RunAsync("docker", "port", container, "6566")).Split('\n')[0].Trim();
        using var client = new HttpClient();
        await Eventually.True(
            async () =>
            {
                try
                {
                    return (await client.GetAsync($"http://{address}/alive", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60),
            "the service in the container answers");
    }

    private static async Task RequireBaseImageAsync()
    {
        const string missing = "there is no container engine or no image mlkit/aspnet:ci (eval \"$(tests/containers/containers.sh up)\")";
        try
        {
            await RunAsync("docker", "image", "inspect", "mlkit/aspnet:ci");
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{missing}: {error.Message}");
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}{await error}");
    }
}
