using System.Net;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.Resources;

public sealed class FollowingTheHostTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_table_shows_the_hosts_resources_and_follows_their_state()
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        await ShownAsync(dashboard, "/", "data-resource=\"scorer\"");

        var page = await dashboard.PageAsync("/");
        Assert.Contains("Shop", page);
        Assert.Contains("http://localhost:5000", page);
        Assert.Contains("Running (Unhealthy)", page);
        Assert.DoesNotContain("data-resource=\"aspire-dashboard\"", page);

        host.Update(Sample.Stopped("redis"));
        await ShownAsync(dashboard, "/", ">Exited<");
    }

    [Fact]
    public async Task The_details_show_health_and_environment_but_no_secret_value()
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        await ShownAsync(dashboard, "/?resource=scorer", "no champion model yet");

        var page = await dashboard.PageAsync("/?resource=scorer");
        Assert.Contains("/home/user/shop/.mlkit/scorer", page);
        Assert.Contains("ConnectionStrings__redis", page);
        Assert.DoesNotContain(Sample.Secret, page);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?resource=scorer")]
    [InlineData("/?view=graph&resource=redis")]
    [InlineData("/consolelogs/scorer")]
    [InlineData("/help")]
    [InlineData("/data")]
    public async Task No_page_source_holds_a_secret_value(string address)
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        await ShownAsync(dashboard, "/", "data-resource=\"scorer\"");
        Assert.DoesNotContain(Sample.Secret, await dashboard.PageAsync(address));
        Assert.DoesNotContain(FakeHost.Key, await dashboard.PageAsync(address));
    }

    [Fact]
    public async Task Console_lines_come_with_their_back_log_and_as_they_are_written()
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        host.Write(Sample.Lines("scorer-abcdefgh", 20));
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        await ShownAsync(dashboard, "/consolelogs/scorer", "handled request 20 in");
        host.Write(Sample.Lines("scorer-abcdefgh", 1, from: 21));
        await ShownAsync(dashboard, "/consolelogs/scorer", "handled request 21 in");

        var page = await dashboard.PageAsync("/consolelogs/scorer");
        Assert.Contains("fg-green", page);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain("handled request", await dashboard.PageAsync("/consolelogs/redis"));

        var download = await dashboard.PageAsync("/api/consolelogs?resource=scorer-abcdefgh");
        Assert.Contains("fail: Request 17 timed out after 5000 ms\n", download);
        Assert.Equal(21, download.Count(c => c == '\n'));
    }

    [Fact]
    public async Task The_dashboard_finds_a_host_that_comes_later_and_one_that_comes_back()
    {
        var host = await FakeHost.StartAsync(Sample.Running("redis", "Executable", "http://localhost:1"));
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        var connection = dashboard.Service<HostConnection>();
        await Eventually.True(() => Task.FromResult(connection.IsConnected), Soon, "connected");
        await host.DisposeAsync();
        await Eventually.True(() => Task.FromResult(!connection.IsConnected), Soon, "noticed that the host has gone");
        Assert.Contains("Host not connected", await dashboard.PageAsync("/"));
    }

    [Theory]
    [InlineData("Succeeded", true)]
    [InlineData("Failed", false)]
    public async Task A_command_reaches_the_host_and_its_outcome_comes_back(string kind, bool succeeded)
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        host.CommandOutcome = kind;
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        await ShownAsync(dashboard, "/", "data-resource=\"redis\"");
        var redis = dashboard.Service<ResourceStore>().All.Single(resource => resource.Name == "redis");

        var outcome = await dashboard.Service<CommandRunner>().RunAsync(redis, redis.Commands[0], null, TestContext.Current.CancellationToken);

        Assert.Equal(succeeded, outcome.Succeeded);
        Assert.Equal("stop was done", outcome.Message);
        Assert.Equal("redis-abcdefgh", Assert.Single(host.Commands).ResourceId);
    }

    [Fact]
    public async Task Without_a_host_the_dashboard_stands_alone()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        Assert.Contains("stands alone", await dashboard.PageAsync("/"));
        using var missing = await dashboard.Browser.GetAsync(new Uri(dashboard.Pages, "/nowhere"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("There is no page at this address", await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task ShownAsync(DashboardInstance dashboard, string address, string text) =>
        Eventually.True(async () => (await dashboard.PageAsync(address)).Contains(text, StringComparison.Ordinal), Soon, $"{address} shows {text}");
}
