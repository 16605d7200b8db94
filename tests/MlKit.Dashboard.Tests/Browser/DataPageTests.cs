using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Running;
using OpenTelemetry.Exporter;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Dashboard.Tests.Browser;

[Collection(nameof(BrowserCollection))]
public sealed class DataPageTests(BrowserSetting setting)
{
    [Fact]
    public async Task Telemetry_is_downloaded_read_in_and_forgotten()
    {
        var page = await setting.LoginAsync();
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Data");
        await Expect(page.Locator("tr[data-sender=recommendations]")).ToContainTextAsync("13");
        await BrowserSetting.PictureAsync(page, "data-light");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel("Download what scorer sent").ClickAsync());
        Assert.EndsWith(".zip", download.SuggestedFilename);
        Assert.True(new FileInfo((await download.PathAsync())!).Length > 1_000);

        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "visitor.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(OtlpJsonSample.Log("visitor", "brought along")) });
        await Expect(page.GetByText("visitor.json: 1 record was added.")).ToBeVisibleAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "notes.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await Expect(page.Locator(".import .problem")).ToContainTextAsync("resourceLogs");

        await page.GetByLabel("Forget the data of visitor").ClickAsync();
        await Expect(page.Locator("tr[data-sender=visitor]")).ToHaveCountAsync(0);
        await Expect(page.Locator("tr[data-sender=recommendations]")).ToContainTextAsync("13");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_page_that_stands_still_shows_afterwards_what_arrived()
    {
        var page = await setting.LoginAsync("structuredlogs?resource=late");
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator(".note.paused")).ToBeVisibleAsync();
        using (var sender = new TelemetrySender("late", setting.Process.OtlpGrpc, OtlpExportProtocol.Grpc))
        {
#pragma warning disable CA1848, CA2254 // a test's log needs no source generation
            sender.Log.LogInformation("came late");
#pragma warning restore CA1848, CA2254
            sender.Flush();
        }

        // Another page that is live shows the entry: it has arrived.
        var other = await page.Context.NewPageAsync();
        await BrowserSetting.GoAsync(other, "structuredlogs?resource=late");
        await Expect(other.GetByText("came late")).ToBeVisibleAsync();
        await Expect(page.GetByText("came late")).ToHaveCountAsync(0);
        await page.GetByLabel("Go on: show what has arrived").ClickAsync();
        await Expect(page.GetByText("came late")).ToBeVisibleAsync();
        await Expect(page.Locator(".note.paused")).ToHaveCountAsync(0);
        await page.GetByLabel("Forget the structured logs of late").ClickAsync();
        await Expect(page.GetByText("came late")).ToHaveCountAsync(0);
        await page.GetByLabel("Resource").SelectOptionAsync("");
        await Expect(page.Locator(".total")).ToHaveTextAsync("14 entries");
        Assert.Empty(setting.Problems);
    }
}
