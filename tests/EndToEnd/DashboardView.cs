using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace MlKit.EndToEnd;

/// <summary>What a person sees of the whole system in the dashboard that the host has started.</summary>
internal static class DashboardView
{
    private const float Patience = 60_000;

    /// <summary>One answer of the recommendation API is one trace over three services; from it one gets to its logs and back.</summary>
    public static async Task AssertShowsTraceAsync(Uri login, string traceId)
    {
        if (!Chromium.IsThere)
        {
            TestContext.Current.AddWarning("the dashboard was not looked at: there is no Chromium");
            return;
        }

        await using var chromium = new Chromium();
        await chromium.StartAsync();
        var page = await chromium.OpenAsync(new Uri(login.GetLeftPart(UriPartial.Authority)));
        await page.GotoAsync(login.PathAndQuery);
        await LiveAsync(page);
        await Expect(page.Locator("tr[data-resource=recommendations]")).ToContainTextAsync("Running", new() { Timeout = Patience });

        await page.GotoAsync($"traces/{traceId}");
        await LiveAsync(page);
        foreach (var service in new[] { "recommendations", "feast", "scorer" })
        {
            // Services send what they have recorded every few seconds.
            await Expect(page.Locator(".fall-row .service", new() { HasText = service }).First).ToBeVisibleAsync(new() { Timeout = Patience });
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Logs", Exact = true }).ClickAsync();
        var entry = page.Locator("table.logs tbody tr .message .link").First;
        await Expect(entry).ToBeVisibleAsync(new() { Timeout = Patience });
        await entry.ClickAsync();
        await page.GetByText("Show in its trace").ClickAsync();
        await Expect(page.Locator(".fall-row.selected")).ToHaveCountAsync(1);
        Assert.Contains(traceId, page.Url, StringComparison.Ordinal);
    }

    private static Task LiveAsync(IPage page) => page.Locator("[data-live=true]").WaitForAsync(new() { Timeout = Patience });
}
