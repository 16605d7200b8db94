using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Running;
using OpenTelemetry.Exporter;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>What only a browser can tell: styles, live updates, clicks, narrow screens.</summary>
public sealed partial class BrowserTests
{
    private const string Token = "the-login-token";

    [Fact]
    public async Task A_visitor_logs_in_sees_live_resources_and_stops_one()
    {
        await using var setting = await Setting.StartAsync();
        var page = await setting.LoginAsync();
        await Expect(page.Locator("tr[data-resource]")).ToHaveCountAsync(6);
        await Expect(page.Locator("tr[data-resource=scorer]")).ToContainTextAsync("Running (Unhealthy)");
        await Expect(page.Locator("tr[data-resource=scorer] .badge.error")).ToHaveTextAsync("1");
        await setting.PictureAsync(page, "resources-light");

        await page.Locator("tr[data-resource=redis] fluent-button[title=Stop]").ClickAsync();
        await Eventually.True(() => Task.FromResult(setting.Host.Commands.Count == 1), TimeSpan.FromSeconds(10), "the host got the command");
        setting.Host.Update(Sample.Stopped("redis"));
        await Expect(page.Locator("tr[data-resource=redis]")).ToContainTextAsync("Exited");

        await page.Locator("tr[data-resource=scorer] button.link").ClickAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("no champion model yet");
        await Expect(page.Locator(".pane")).ToContainTextAsync("hidden");
        await setting.PictureAsync(page, "resource-details-light");
        Assert.DoesNotContain(Sample.Secret, await page.ContentAsync());

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".pane")).ToHaveCountAsync(0);
        Assert.True(setting.Process.StartedIn < TimeSpan.FromSeconds(10), $"started in {setting.Process.StartedIn}");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task The_console_follows_new_lines_with_colours()
    {
        await using var setting = await Setting.StartAsync();
        var page = await setting.LoginAsync("consolelogs/scorer");
        await Expect(page.GetByText("handled request 400 in")).ToBeVisibleAsync();
        setting.Host.Write(Sample.Lines("scorer-abcdefgh", 1, from: 401));
        await Expect(page.GetByText("handled request 401 in")).ToBeVisibleAsync();
        await Expect(page.Locator(".fg-green").First).ToHaveCSSAsync("color", "rgb(127, 209, 127)");
        await setting.PictureAsync(page, "console-light");
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Structured logs");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_log_entry_leads_to_its_trace_and_a_span_to_its_logs()
    {
        await using var setting = await Setting.StartAsync();
        var page = await setting.LoginAsync("structuredlogs");
        await page.GetByText("Model store did not answer").ClickAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("TimeoutException");
        await setting.PictureAsync(page, "structured-logs-light");
        await page.GetByText("Show in its trace").ClickAsync();
        await Expect(page.Locator(".fall-row")).ToHaveCountAsync(5);
        await Expect(page.Locator(".pane")).ToContainTextAsync("Model store did not answer");
        await setting.PictureAsync(page, "trace-light");
        await page.GetByText("All traces").ClickAsync();
        await Expect(page.Locator("table.traces")).ToContainTextAsync("GET /recommendations/{userId}");
        await setting.PictureAsync(page, "traces-light");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_histogram_becomes_a_chart_with_percentiles()
    {
        await using var setting = await Setting.StartAsync();
        var page = await setting.LoginAsync("metrics?resource=scorer");
        await page.GetByText("scorer.infer.duration").First.ClickAsync();
        await Expect(page.Locator(".legend")).ToContainTextAsync("p99");
        await Expect(page.Locator("svg.chart path.series")).ToHaveCountAsync(3);
        await setting.PictureAsync(page, "metrics-light");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task Dark_mode_follows_the_system_and_the_button()
    {
        await using var setting = await Setting.StartAsync();
        var page = await setting.LoginAsync(scheme: ColorScheme.Dark);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-theme", "dark");
        await setting.PictureAsync(page, "resources-dark");
        await page.GotoAsync("structuredlogs");
        await Expect(page.Locator("table.logs")).ToBeVisibleAsync();
        await setting.PictureAsync(page, "structured-logs-dark");
        await page.Locator(".bar-button").First.ClickAsync();
        await Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-theme", "dark");
        Assert.Empty(setting.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?resource=scorer")]
    [InlineData("consolelogs")]
    [InlineData("structuredlogs")]
    [InlineData("traces")]
    [InlineData("metrics")]
    [InlineData("help")]
    public async Task Every_page_fits_a_screen_of_390_pixels(string address)
    {
        await using var setting = await Setting.StartAsync();
        var page = await setting.LoginAsync(address, width: 390);
        await Expect(page.Locator(".rail a.active, h1").First).ToBeVisibleAsync();
        await setting.PictureAsync(page, $"narrow-{(address.Length == 0 ? "resources" : NotWord().Replace(address, "-").Trim('-'))}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), "the page is wider than the screen");
        Assert.Empty(setting.Problems);
    }

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NotWord();

    /// <summary>A host, a dashboard with telemetry, and a browser.</summary>
    private sealed class Setting : IAsyncDisposable
    {
        private static readonly string? Pictures = Environment.GetEnvironmentVariable("MLKIT_PICTURES");
        private readonly Chromium _chromium;

        private Setting(Chromium chromium, FakeHost host, DashboardProcess process)
        {
            _chromium = chromium;
            Host = host;
            Process = process;
        }

        public FakeHost Host { get; }

        public DashboardProcess Process { get; }

        /// <summary>Errors in the browser's console and failed requests.</summary>
        public List<string> Problems { get; } = [];

        public static async Task<Setting> StartAsync()
        {
            var chromium = await Chromium.StartAsync();
            var host = await FakeHost.StartAsync(Sample.Resources());
            foreach (var name in new[] { "mlflow", "scorer", "feast" })
            {
                host.Write(Sample.Lines($"{name}-abcdefgh", 400));
            }

            var process = await DashboardProcess.StartAsync(FreePort.Next(), [.. host.Settings, $"--Dashboard:Frontend:BrowserToken={Token}"]);
            await SendAsync(process.OtlpGrpc);
            return new Setting(chromium, host, process);
        }

        public async Task<IPage> LoginAsync(string address = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
        {
            var page = await _chromium.OpenAsync(Process.Pages, width, scheme: scheme);
            page.Console += (_, message) =>
            {
                if (message.Type == "error")
                {
                    Problems.Add(message.Text);
                }
            };
            page.Response += (_, answer) =>
            {
                if (answer.Status >= 400)
                {
                    Problems.Add($"{answer.Status} {answer.Url}");
                }
            };
            await page.GotoAsync($"login?t={Token}&returnUrl={Uri.EscapeDataString("/" + address)}");

            // The page is alive once its parts have been defined and the circuit has rendered.
            await page.WaitForFunctionAsync("() => window.Blazor && customElements.get('fluent-button') && document.querySelector('[id^=dialog], fluent-button, main')");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            return page;
        }

        public async Task PictureAsync(IPage page, string name)
        {
            if (Pictures is not null)
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            await Host.DisposeAsync();
            await _chromium.DisposeAsync();
        }

        private static Task SendAsync(Uri address)
        {
            using var api = new TelemetrySender("recommendations", address, OtlpExportProtocol.Grpc);
            using var feast = new TelemetrySender("feast", address, OtlpExportProtocol.Grpc);
            using var scorer = new TelemetrySender("scorer", address, OtlpExportProtocol.Grpc);
            var duration = scorer.Meter.CreateHistogram<double>("scorer.infer.duration", "s", "How long an inference takes.");
            var requests = scorer.Meter.CreateCounter<long>("scorer.infer.requests", "{request}", "Inference requests.");
#pragma warning disable CA1848, CA2254 // logs of a test
            for (var i = 0; i < 12; i++)
            {
                var start = DateTimeOffset.UtcNow.AddSeconds(-60 + (i * 5));
                var root = api.Source.StartActivity("GET /recommendations/{userId}", ActivityKind.Server, default(ActivityContext), startTime: start)!;
                using var features = feast.Source.StartActivity("POST /get-online-features", ActivityKind.Server, root.Context, startTime: start.AddMilliseconds(2))!;
                using var retrieval = scorer.Source.StartActivity("POST /v2/models/recommender-retrieval/infer", ActivityKind.Server, root.Context, startTime: start.AddMilliseconds(9))!;
                retrieval.SetTag("model.name", "recommender-retrieval").SetTag("model.version", "3");
                using var run = scorer.Source.StartActivity("onnx run", ActivityKind.Internal, retrieval.Context, startTime: start.AddMilliseconds(11))!;
                using var ranking = scorer.Source.StartActivity("POST /v2/models/recommender-ranker/infer", ActivityKind.Server, root.Context, startTime: start.AddMilliseconds(20))!;
                Activity.Current = root;
                api.Log.LogInformation("Recommended {Count} items to user {UserId}", 10, 100 + i);
                features.SetEndTime(start.AddMilliseconds(8).UtcDateTime);
                run.SetEndTime(start.AddMilliseconds(16).UtcDateTime);
                retrieval.SetEndTime(start.AddMilliseconds(18).UtcDateTime);
                ranking.SetEndTime(start.AddMilliseconds(27 + i).UtcDateTime);
                root.SetEndTime(start.AddMilliseconds(31 + i).UtcDateTime);
                if (i == 11)
                {
                    Activity.Current = ranking;
                    ranking.SetStatus(ActivityStatusCode.Error, "model store timed out");
                    ranking.AddException(new TimeoutException("no answer within 5 s"));
                    scorer.Log.LogError(new TimeoutException("no answer within 5 s"), "Model store did not answer");
                    api.Log.LogWarning("Answered user {UserId} from the last ranking", 111);
                }

                duration.Record(0.004 + (i * 0.003), new KeyValuePair<string, object?>("model.name", i % 2 == 0 ? "recommender-ranker" : "recommender-retrieval"));
                requests.Add(1 + i);
                ranking.Dispose();
                run.Dispose();
                retrieval.Dispose();
                features.Dispose();
                root.Dispose();
            }
#pragma warning restore CA1848, CA2254

            api.Flush();
            feast.Flush();
            scorer.Flush();
            duration.Record(0.02, new KeyValuePair<string, object?>("model.name", "recommender-ranker"));
            return Task.CompletedTask;
        }
    }
}
