using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Tests.Browser;
using MlKit.Dashboard.Tests.Running;
using MlKit.Dashboard.Transfer;

namespace MlKit.Dashboard.Tests.Transfer;

public sealed class TelemetryTransferTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_that_is_read_in_elsewhere_shows_the_same_and_downloads_the_same()
    {
        await using var first = await DashboardInstance.StartOpenAsync();
        SampleTelemetry.Send(first.OtlpGrpc);
        var zip = await DownloadAsync(first);

        await using var second = await DashboardInstance.StartOpenAsync();
        var result = await second.Service<TelemetryImport>().ReadAsync(new MemoryStream(zip), Token);

        Assert.Equal("", result.Problem);
        Assert.Equal(0, result.Refused);
        Assert.True(result.Files >= 3, $"{result.Files} files");
        Assert.Equal(60, second.Service<TraceStore>().SpanCount);
        Assert.Equal(Entries(first), Entries(second));
        Assert.Equal(Unpack(zip), Unpack(await DownloadAsync(second)));
    }

    [Fact]
    public async Task A_download_of_one_resource_holds_nothing_of_others_and_console_lines_come_as_text()
    {
        await using var host = await FakeHost.StartAsync(Sample.Resources());
        host.Write([.. Sample.Lines("scorer-abcdefgh", 20), .. Sample.Lines("feast-abcdefgh", 20)]);
        await using var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        SampleTelemetry.Send(dashboard.OtlpGrpc);
        await Eventually.True(() => Task.FromResult(dashboard.Service<ConsoleLogStore>().Query(null, "").Count == 40), TimeSpan.FromSeconds(10), "console lines have come");

        var files = Unpack(await DownloadAsync(dashboard, "scorer"));

        Assert.Equal(["consolelogs/scorer.txt", "metrics/scorer.json", "structuredlogs/scorer.json", "traces/scorer.json"], files.Keys);
        Assert.DoesNotContain("recommendations", string.Concat(files.Values));
        Assert.Contains("fail: Request 17 timed out after 5000 ms\n", files["consolelogs/scorer.txt"]);
        Assert.DoesNotContain(Sample.Secret, string.Concat(files.Values));
        var span = JsonNode.Parse(files["traces/scorer.json"])!["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]![0]!;
        Assert.Matches("^[0-9a-f]{32}$", (string)span["traceId"]!);
        Assert.Matches("^[0-9]{19}$", (string)span["startTimeUnixNano"]!);
    }

    [Fact]
    public async Task Names_of_senders_lead_nowhere_when_the_zip_is_unpacked()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        await ImportAsync(dashboard, OtlpJsonSample.Log("../../etc/passwd", "a"));
        await ImportAsync(dashboard, OtlpJsonSample.Log("..\\..\\etc\\passwd", "b"));
        Assert.All(Unpack(await DownloadAsync(dashboard)).Keys, name => Assert.Matches("^structuredlogs/[A-Za-z0-9_-]+(\\.2)?\\.json$", name));
        Assert.Equal(2, Unpack(await DownloadAsync(dashboard)).Count);
    }

    [Fact]
    public async Task What_a_collector_wrote_line_by_line_is_read_too()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        var result = await ImportAsync(dashboard, $"{OtlpJsonSample.Log("a", "one")}\n{OtlpJsonSample.Log("b", "two")}\n\n{OtlpJsonSample.Log("a", "three")}\n");
        Assert.Equal((3, ""), (result.Accepted, result.Problem));
        Assert.Equal(["one", "two", "three"], dashboard.Service<LogStore>().Query(new LogFilter()).Select(entry => entry.Message));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "invalid")]
    [InlineData("{\"traces\":[]}", "resourceSpans")]
    [InlineData("[1,2]", "resourceSpans")]
    [InlineData("{\"resourceLogs\":5}", "array")]
    [InlineData("PK\u0003\u0004 no zip", "")]
    public async Task A_file_without_telemetry_is_refused_and_says_why(string content, string named)
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        var result = await ImportAsync(dashboard, content);
        Assert.NotEqual("", result.Problem);
        Assert.Contains(named, result.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, result.Accepted);
    }

    [Fact]
    public async Task What_came_before_a_damaged_part_stays_and_the_part_is_named()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        var result = await dashboard.Service<TelemetryImport>().ReadAsync(Zip(("structuredlogs/good.json", OtlpJsonSample.Log("a", "one")), ("readme.md", "no telemetry"), ("traces/bad.json", "{\"resourceSpans\":[{]}")), Token);
        Assert.StartsWith("traces/bad.json: ", result.Problem);
        Assert.Equal(1, result.Accepted);
    }

    [Fact]
    public async Task A_zip_that_grows_too_large_is_refused()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        var result = await dashboard.Service<TelemetryImport>().ReadAsync(Zip(("bomb.json", new string(' ', (TelemetryImport.MaxFileMegabytes * 1024 * 1024) + 1))), Token);
        Assert.Contains($"more than {TelemetryImport.MaxFileMegabytes} MB", result.Problem);
    }

    [Fact]
    public async Task A_download_needs_the_login()
    {
        await using var dashboard = await DashboardInstance.StartAsync("--Dashboard:Frontend:BrowserToken=token");
        using var answer = await dashboard.Browser.GetAsync("/api/telemetry", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static IEnumerable<(long TimeNanos, string Message, LogSeverity Severity, string TraceId)> Entries(DashboardInstance dashboard) =>
        dashboard.Service<LogStore>().Query(new LogFilter()).Select(entry => (entry.TimeNanos, entry.Message, entry.Severity, entry.TraceId.ToString())).Order();

    private static Task<byte[]> DownloadAsync(DashboardInstance dashboard, string resource = "") =>
        dashboard.Browser.GetByteArrayAsync(new Uri(dashboard.Pages, $"/api/telemetry?resource={resource}"), Token);

    private static Task<ImportResult> ImportAsync(DashboardInstance dashboard, string content) =>
        dashboard.Service<TelemetryImport>().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), Token);

    private static SortedDictionary<string, string> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            files.Add(entry.FullName, reader.ReadToEnd());
        }

        return files;
    }

    private static MemoryStream Zip(params (string Name, string Content)[] files)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        zip.Position = 0;
        return zip;
    }
}
