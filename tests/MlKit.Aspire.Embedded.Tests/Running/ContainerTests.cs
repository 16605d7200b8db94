using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>Containers in a real engine.</summary>
public sealed class ContainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_gets_files_mounts_variables_and_arguments_answers_on_its_port_and_is_removed()
    {
        var image = await TestImage.RequireAsync();
        var host = new TestHost();
        string name;
        await using (host)
        {
            host.Folder.File("mounted/note.txt", "from the host");
            host.Builder.AddContainer("web", image)
                .WithHttpEndpoint(targetPort: 80)
                .WithContainerFiles("/www", [new ContainerFile { Name = "index.html", Contents = "made file" }])
                .WithBindMount("mounted", "/www/mounted, ü", isReadOnly: true)
                .WithVolume("/anonymous")
                .WithEnvironment("PLAIN", "a b")
                .WithEnvironment("SECRET", host.Builder.AddParameter("secret", "s3cret", secret: true))
                .WithContainerRuntimeArgs("--memory", "64m", "--init")
                .WithEntrypoint("sh")
                .WithArgs("-c", "echo \"$PLAIN $SECRET\"; exec httpd -f -p 80 -h /www");
            await host.StartAsync();
            var running = await host.UntilAsync("web", KnownResourceStates.Running, KnownResourceStates.FailedToStart);
            Assert.True(running.State?.Text == KnownResourceStates.Running, string.Join('\n', await host.LogAsync("web")));
            name = (string)running.Properties.Single(p => p.Name == "container.name").Value!;

            using var client = new HttpClient();
            Assert.Equal("made file", await AnswerAsync(client, host.Address("web")));
            Assert.Equal("from the host", await AnswerAsync(client, new Uri(host.Address("web"), "/mounted,%20%C3%BC/note.txt")));
            await Eventually.True(async () => (await host.LogAsync("web")).Contains("a b s3cret"), TestHost.Deadline, "its output is in the log");
            var (_, arguments) = await TestImage.DockerAsync("inspect", name, "--format", "{{.HostConfig.Memory}} {{.Config.Env}}");
            Assert.StartsWith("67108864 ", arguments, StringComparison.Ordinal);
        }

        Assert.NotEqual(0, (await TestImage.DockerAsync("inspect", "--type", "container", name)).ExitCode);
    }

    [Fact]
    public async Task Containers_reach_each_other_by_name_and_the_processes_of_this_machine()
    {
        var image = await TestImage.RequireAsync();
        await using var host = new TestHost();
        var server = host.Builder.AddContainer("server", image).WithHttpEndpoint(targetPort: 80)
            .WithContainerRuntimeArgs("--init")
            .WithContainerFiles("/www", [new ContainerFile { Name = "index.html", Contents = "container says hello" }])
            .WithArgs("httpd", "-f", "-p", "80", "-h", "/www");
        var echo = host.AddEcho("echo").WithHttpEndpoint().WithHttpHealthCheck("/health");
        host.Builder.AddContainer("client", image)
            .WithReference(server.GetEndpoint("http"))
            .WithReference(echo)
            .WithArgs("sh", "-c", "wget -qO- http://server/; echo; wget -qO- $services__server__http__0; echo; wget -qO- $services__echo__http__0/protocol; echo; exit 3")
            .WaitForStart(server)
            .WaitFor(echo);
        await host.StartAsync();

        var ended = await host.UntilAsync("client", KnownResourceStates.Finished, KnownResourceStates.FailedToStart);

        var log = await host.LogAsync("client");
        Assert.True(ended.ExitCode == 3, string.Join('\n', log));
        Assert.Equal(2, log.Count(line => line == "container says hello"));
        Assert.Contains("HTTP/1.1", log);
    }

    [Fact]
    public async Task A_persistent_container_outlives_its_host_and_is_found_again()
    {
        var image = await TestImage.RequireAsync();
        using var folder = new TemporaryFolder();
        var state = folder.File("state");
        string? name = null;
        try
        {
            var ids = new List<string>();
            for (var run = 0; run < 2; run++)
            {
                await using var host = new TestHost("--MlKit:StatePath", state);
                host.Builder.AddContainer("keeper", image).WithHttpEndpoint(targetPort: 80)
                    .WithLifetime(ContainerLifetime.Persistent)
                    .WithContainerFiles("/www", [new ContainerFile { Name = "index.html", Contents = "still here" }])
                    .WithArgs("httpd", "-f", "-p", "80", "-h", "/www");
                await host.StartAsync();
                name = (string)(await host.UntilAsync("keeper", KnownResourceStates.Running)).Properties.Single(p => p.Name == "container.name").Value!;
                using var client = new HttpClient();
                Assert.Equal("still here", await AnswerAsync(client, host.Address("keeper")));
                ids.Add((await TestImage.DockerAsync("inspect", "--format", "{{.Id}} {{.State.Running}}", name)).Output);
            }

            Assert.Single(ids.Distinct());
            Assert.EndsWith(" true", (await TestImage.DockerAsync("inspect", "--format", "{{.Id}} {{.State.Running}}", name!)).Output, StringComparison.Ordinal);
        }
        finally
        {
            if (name is not null)
            {
                await TestImage.DockerAsync("rm", "--force", name);
            }
        }
    }

    [Fact]
    public async Task A_container_is_built_from_a_Dockerfile_with_arguments()
    {
        var image = await TestImage.RequireAsync();
        await using var host = new TestHost();
        host.Builder.AddDockerfileFactory("built", ".", _ => $"FROM {image}\nARG VERSION\nENV VERSION=$VERSION\nCMD [\"sh\", \"-c\", \"echo version $VERSION\"]\n")
            .WithBuildArg("VERSION", "7");
        await host.StartAsync();

        await host.UntilAsync("built", KnownResourceStates.Finished, KnownResourceStates.FailedToStart);

        Assert.Contains("version 7", await host.LogAsync("built"));
    }

    [Fact]
    public async Task Without_an_engine_a_container_fails_at_once_with_advice_and_the_rest_runs()
    {
        await using var host = new TestHost("--ASPIRE_CONTAINER_RUNTIME", "/no/such/engine");
        host.Builder.AddContainer("web", "nginx").WithHttpEndpoint(targetPort: 80);
        host.Shell("other", "sleep 1000");
        await host.StartAsync();

        await host.UntilAsync("web", KnownResourceStates.FailedToStart);
        await host.UntilAsync("other", KnownResourceStates.Running);

        var reason = Assert.Single(await host.LogAsync("web"), line => line.Contains("no container engine answers", StringComparison.Ordinal));
        Assert.Contains("Install and start Docker or Podman", reason, StringComparison.Ordinal);
        Assert.Contains("--MlKit:RunMode", reason, StringComparison.Ordinal);
    }

    private static Task<string> AnswerAsync(HttpClient client, Uri address) => Eventually.NotNull(
        async () =>
        {
            try
            {
                return await client.GetStringAsync(address, Token);
            }
            catch (HttpRequestException)
            {
                return null;
            }
        },
        TestHost.Deadline,
        $"{address} answers");
}
