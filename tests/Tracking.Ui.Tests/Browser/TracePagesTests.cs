using System.Text;
using Microsoft.Playwright;
using MlKit.Tracking.Ui.Traces;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>Traces of programs that call models: the list, and the spans of one.</summary>
public sealed class TracePagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private readonly List<string> _problems = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_trace_is_found_and_its_spans_are_laid_out_in_time(ColorScheme scheme)
    {
        await ExportAsync();
        var page = await browser.OpenAsync($"experiments/{browser.Sample.Experiment}/runs", _problems, scheme: scheme);
        await page.Locator(".tabs a", new() { HasText = "Traces" }).ClickAsync();
        await Expect(page.Locator("td.name a")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("2s");
        await BrowserFixture.NoBarrierAsync(page);
        await page.Locator("input[data-filter]").FillAsync("span.name = 'nothing of that name'");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".empty")).ToContainTextAsync("No trace matches");
        await page.Locator("input[data-filter]").FillAsync("span.name = 'retrieve'");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("td.name a").ClickAsync();
        await Expect(page.Locator(".span-name")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("answer"), new System.Text.RegularExpressions.Regex("retrieve.*failed", System.Text.RegularExpressions.RegexOptions.Singleline)]);
        await Expect(page.Locator(".span-bar").Nth(1)).ToHaveAttributeAsync("style", "left:25%;width:50%");
        await page.Locator("details.span summary").Nth(1).ClickAsync();
        await Expect(page.Locator("details.span[open]")).ToContainTextAsync("top 5");
        await BrowserFixture.NoBarrierAsync(page);
        await BrowserFixture.PictureAsync(page, $"trace-{scheme}");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_trace_that_is_not_there_is_said_so()
    {
        var page = await browser.OpenAsync($"experiments/{browser.Sample.Experiment}/traces/tr-nothing", _problems);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Trace not found");
        Assert.Empty(_problems);
    }

    [Fact]
    public void Spans_stand_below_those_that_they_lie_in_and_none_is_lost()
    {
        var spans = SpanView.Read([
            """{"span_id":"a","name":"root","start_time_unix_nano":1,"end_time_unix_nano":9}""",
            """{"span_id":"c","parent_span_id":"b","name":"deep","start_time_unix_nano":3,"end_time_unix_nano":4}""",
            """{"span_id":"b","parent_span_id":"a","name":"mid","start_time_unix_nano":2,"end_time_unix_nano":5,"attributes":[{"key":"k","value":{"kvlist_value":{"values":[{"key":"q","value":{"array_value":{"values":[{"int_value":1},{}]}}}]}}}]}""",
            """{"span_id":"x","parent_span_id":"y","name":"ring"}""", """{"span_id":"y","parent_span_id":"x","name":"ring"}""",
            """{"span_id":"o","parent_span_id":"gone","name":"orphan"}"""]);
        Assert.Equal(["root 0", "mid 1", "deep 2", "orphan 0", "ring 0", "ring 0"], spans.Select(span => $"{span.Name} {span.Depth}"));
        Assert.Equal("""{"q":[1,null]}""", string.Concat(spans[1].Attributes.Single().Value.Where(character => !char.IsWhiteSpace(character))));
    }

    /// <summary>As an exporter of OpenTelemetry sends them, in JSON.</summary>
    private async Task ExportAsync()
    {
        const string spans = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[
              {"traceId":"0123456789abcdef0123456789abcdef","spanId":"0102030405060708","name":"answer","startTimeUnixNano":"1767225600000000000","endTimeUnixNano":"1767225602000000000"},
              {"traceId":"0123456789abcdef0123456789abcdef","spanId":"0807060504030201","parentSpanId":"0102030405060708","name":"retrieve","startTimeUnixNano":"1767225600500000000","endTimeUnixNano":"1767225601500000000",
               "attributes":[{"key":"query","value":{"stringValue":"top 5"}}],"status":{"code":2,"message":"bad"}}]}]}]}
            """;
        using var client = new HttpClient { BaseAddress = browser.Address };
        using var content = new StringContent(spans, Encoding.UTF8, "application/json");
        content.Headers.Add("x-mlflow-experiment-id", browser.Sample.Experiment);
        using var answer = await client.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
