using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MlKit.Dashboard.History;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Tests.Browser;
using MlKit.Dashboard.Tests.Load;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.History;

public sealed partial class KeepingRunsTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-runs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_past_run_is_shown_as_it_was_and_takes_no_command()
    {
        await RecordAsync("run-1");
        await using var now = await DashboardInstance.StartOpenAsync(Settings("run-2"));
        Assert.Contains("No structured logs have arrived yet", await now.PageAsync("structuredlogs"));

        Assert.Contains("Model store did not answer", await now.PageAsync("run/run-1/structuredlogs"));
        Assert.Contains("GET /recommendations/{userId}", await now.PageAsync("run/run-1/traces"));
        Assert.Contains("scorer.infer.duration", await now.PageAsync("run/run-1/metrics"));
        Assert.Contains("handled request 20 in", await now.PageAsync("run/run-1/consolelogs/scorer"));
        var resources = await now.PageAsync("run/run-1/");
        Assert.Contains("Running (Unhealthy)", resources);
        Assert.Contains("href=\"/run/run-1/\"", resources);
        Assert.DoesNotContain("title=\"Stop\"", resources);
        Assert.DoesNotContain(Sample.Secret, resources);
    }

    [Fact]
    public async Task A_dashboard_that_comes_back_within_its_run_goes_on_with_what_it_had()
    {
        await RecordAsync("run-1");
        await using var again = await DashboardInstance.StartOpenAsync(Settings("run-1"));
        Assert.Equal(14, again.Service<LogStore>().Query(new LogFilter()).Count);
        Assert.Empty(again.Service<RunArchive>().Past());
    }

    [Fact]
    public async Task The_newest_runs_are_kept_and_damaged_ones_do_no_harm()
    {
        for (var i = 1; i <= 4; i++)
        {
            await using var run = await DashboardInstance.StartOpenAsync([.. Settings($"run-{i}"), "--Dashboard:Data:MaxRunCount=3"]);
        }

        await using var now = await DashboardInstance.StartOpenAsync([.. Settings("run-5"), "--Dashboard:Data:MaxRunCount=3"]);
        var archive = now.Service<RunArchive>();
        Assert.Equal(["run-4", "run-3"], archive.Past().Select(run => run.Id));

        var damaged = Directory.GetFiles(_folder, "dashboard.db", SearchOption.AllDirectories).Single(path => path.Contains("run-4", StringComparison.Ordinal));
        await File.WriteAllTextAsync(damaged, "this is no database", TestContext.Current.CancellationToken);
        using var answer = await now.Browser.GetAsync(new Uri(now.Pages, "run/run-4/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("run-3", await now.PageAsync("runs"));
    }

    [Theory]
    [InlineData("run/unknown/", HttpStatusCode.NotFound)]
    [InlineData("run/..%2F..%2Fetc/", HttpStatusCode.NotFound)]
    [InlineData("run/%2e%2e/", HttpStatusCode.OK)] // the browser's and the server's own rule: the same as "/"
    public async Task Only_runs_that_are_kept_can_be_opened(string address, HttpStatusCode expected)
    {
        await using var now = await DashboardInstance.StartOpenAsync(Settings("run-1"));
        using var answer = await now.Browser.GetAsync(new Uri(now.Pages, address), TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_past_run_is_shown_only_after_the_login()
    {
        await RecordAsync("run-1");
        await using var now = await DashboardInstance.StartAsync([.. Settings("run-2"), "--Dashboard:Frontend:BrowserToken=token"]);
        using var answer = await now.Browser.GetAsync(new Uri(now.Pages, "run/run-1/structuredlogs"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/login", answer.Headers.Location!.ToString());
        using var login = await now.Browser.GetAsync(new Uri(now.Pages, "run/run-1/login?t=token&returnUrl=%2Frun%2Frun-1%2Fstructuredlogs"), TestContext.Current.CancellationToken);
        Assert.Contains("Model store did not answer", await now.PageAsync("run/run-1/structuredlogs"));
    }

    [Fact]
    public async Task Two_runs_are_compared_by_starts_requests_and_errors()
    {
        await RecordAsync("run-1");
        await using var now = await DashboardInstance.StartOpenAsync(Settings("run-2"));
        var archive = now.Service<RunArchive>();
        var comparison = RunComparison.Of(archive.Open("run-1")!, archive.Live);
        var request = comparison.Requests.Single(pair => pair.Name == "GET /recommendations/{userId}");
        Assert.Equal((12, 36_000_000L), (request.First!.Count, request.First.P50Nanos));
        Assert.Null(request.Second);
        Assert.Equal(1, comparison.Errors.Single(pair => pair.Service == "scorer").First!.Logs);
        Assert.Equal("Finished", comparison.Resources.Single(start => start.Name == "training").First!.Condition.Text);
        Assert.NotNull(comparison.Resources.Single(start => start.Name == "redis").First!.ReadyAfter);
        Assert.Null(comparison.Resources.Single(start => start.Name == "scorer").First!.ReadyAfter);
    }

    [Fact]
    public async Task No_secret_value_gets_to_the_disk()
    {
        await RecordAsync("run-1");
        using var database = RunDatabase.OpenRead(Directory.GetFiles(_folder, "dashboard.db", SearchOption.AllDirectories).Single());
        var resources = database.ReadResources().Select(resource => Encoding.UTF8.GetString(resource.Payload)).ToList();
        Assert.Contains(resources, text => text.Contains("ConnectionStrings__redis", StringComparison.Ordinal));
        Assert.DoesNotContain(resources, text => text.Contains(Sample.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_was_cut_off_ended_when_it_was_written_last()
    {
        await RecordAsync("run-1");
        var info = Directory.GetFiles(_folder, "run.json", SearchOption.AllDirectories).Single();
        var text = await File.ReadAllTextAsync(info, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(info, EndedAt().Replace(text, "\"endedAt\": null"), TestContext.Current.CancellationToken);
        await using var now = await DashboardInstance.StartOpenAsync(Settings("run-2"));
        var past = Assert.Single(now.Service<RunArchive>().Past());
        Assert.InRange(past.EndedAt!.Value, past.StartedAt, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task The_database_of_a_run_stays_within_its_size()
    {
        await using var now = await DashboardInstance.StartOpenAsync([.. Settings("run-1"), "--Dashboard:Data:MaxRunMegabytes=1"]);
        using var load = new OtlpLoad(now.OtlpHttp);
        for (var i = 0; i < 3; i++)
        {
            await load.LogsAsync(10_000);
            await load.SpansAsync(10_000, perTrace: 10);
            var recorder = now.Service<RunRecorder>();
            await Eventually.True(() => Task.FromResult(recorder.PendingBytes == 0), Soon, "all is written");
        }

        var file = Directory.GetFiles(_folder, "dashboard.db", SearchOption.AllDirectories).Single();
        using var database = RunDatabase.OpenRead(file);
        Assert.All(Enum.GetValues<RecordedSignal>(), signal => Assert.InRange(database.Total(signal).Bytes, 0, 1_048_576 / 4));
        Assert.True(database.Total(RecordedSignal.Logs).Items > 0);
    }

    [Fact]
    public async Task Without_history_nothing_is_written()
    {
        await using (await DashboardInstance.StartOpenAsync($"--ASPIRE_DASHBOARD_DATA_DIRECTORY={_folder}"))
        {
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [GeneratedRegex("\"endedAt\": \"[^\"]+\"")]
    private static partial Regex EndedAt();

    private string[] Settings(string run) =>
    [
        "--ASPIRE_DASHBOARD_PERSISTENCE_MODE=Run",
        $"--ASPIRE_DASHBOARD_DATA_DIRECTORY={_folder}",
        "--ASPIRE_DASHBOARD_APPLICATION_NAME=Shop & Co",
        $"--Dashboard:Data:RunId={run}",
    ];

    private async Task RecordAsync(string run)
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        host.Write(Sample.Lines("scorer-abcdefgh", 20));
        await using var dashboard = await DashboardInstance.StartOpenAsync([.. host.Settings, .. Settings(run)]);
        SampleTelemetry.Send(dashboard.OtlpGrpc);
        await Eventually.True(
            () => Task.FromResult(dashboard.Service<ResourceStore>().All.Count > 0 && dashboard.Service<ConsoleLogStore>().Query(null, "").Count == 20),
            Soon, "resources and console lines have come");
    }
}
