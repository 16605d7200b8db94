using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

public sealed class TestingBuilderTests
{
    [Fact]
    public async Task An_application_that_a_test_composes_runs_on_free_ports_and_a_state_folder_that_goes_away()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        var cancellation = TestContext.Current.CancellationToken;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var web = new ExecutableResource("web", "/bin/sh", Path.GetTempPath());
        web.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
        {
            arguments.Add("-c");
            arguments.Add("exec sleep 1000");
        }));
        web.Annotations.Add(new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, uriScheme: "http", name: "http", port: 5000));
        builder.AddResource(web);
        string state;
        await using (var app = await builder.BuildAsync(cancellation))
        {
            state = builder.Configuration["MlKit:StatePath"]!;
            await app.StartAsync(cancellation);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("web", cancellation).WaitAsync(TestHost.Deadline, cancellation);

            Assert.NotEqual(5000, app.GetEndpoint("web").Port);
            Assert.Equal(app.GetEndpoint("web"), app.CreateHttpClient("web").BaseAddress);
            Assert.True(Directory.Exists(state));
            Assert.Throws<ArgumentException>(() => app.GetEndpoint("nobody"));
        }

        Assert.False(Directory.Exists(state));
    }

    [Fact]
    public async Task A_wait_for_something_that_failed_fails_instead_of_hanging()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddResource(new ExecutableResource("missing", "no-such-program", Path.GetTempPath()));
        await using var app = await builder.BuildAsync(cancellation);
        await app.StartAsync(cancellation);

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("missing", cancellation).WaitAsync(TestHost.Deadline, cancellation));

        Assert.Contains("FailedToStart", error.Message, StringComparison.Ordinal);
    }
}
