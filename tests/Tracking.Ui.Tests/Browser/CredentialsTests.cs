using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>A protected server asks the browser, and then its pages work.</summary>
public sealed class CredentialsTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("MLKIT__TRACKING__TOKEN", "a-token-of-some-length", "anyone")]
    [InlineData("MLKIT__TRACKING__PASSWORD", "a-password-of-length", "admin")]
    public async Task With_the_right_password_the_pages_are_alive(string key, string secret, string user)
    {
        await chromium.RequireAsync();
        (string, string)[] settings = key.EndsWith("PASSWORD", StringComparison.Ordinal)
            ? [(key, secret), ("MLKIT__TRACKING__USERNAME", user)]
            : [(key, secret)];
        await using var server = await TrackingProcess.StartAsync(settings);
        var page = await chromium.OpenAsync(
            server.Address, 1280, ColorScheme.Light, new HttpCredentials { Username = user, Password = secret });
        await BrowserFixture.GoAsync(page, "");
        await Expect(page.Locator("table")).ToContainTextAsync("Default");

        var stranger = await chromium.OpenAsync(
            server.Address, 1280, ColorScheme.Light, new HttpCredentials { Username = user, Password = "wrong-password" });
        var refused = await stranger.GotoAsync("");
        Assert.Equal(401, refused!.Status);
    }
}
