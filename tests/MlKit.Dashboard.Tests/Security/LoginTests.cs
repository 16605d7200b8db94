using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.Security;

public sealed partial class LoginTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("/")]
    [InlineData("/structuredlogs")]
    [InlineData("/traces/0af7651916cd43dd8448eb211c80319c")]
    public async Task A_visitor_without_a_cookie_is_sent_to_the_login(string page)
    {
        await using var dashboard = await StartAsync();
        using var answer = await GetAsync(dashboard, page);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/login?returnUrl=", answer.Headers.Location!.PathAndQuery);
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/api/consolelogs")]
    public async Task Whatever_is_no_page_is_refused_without_a_cookie(string path)
    {
        await using var dashboard = await StartAsync();
        using var answer = path.StartsWith("/_blazor", StringComparison.Ordinal)
            ? await dashboard.Browser.PostAsync(path, null, TestContext.Current.CancellationToken)
            : await GetAsync(dashboard, path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_login_address_gives_a_cookie_that_opens_the_pages()
    {
        await using var dashboard = await StartAsync();
        using var login = await GetAsync(dashboard, $"/login?t={Token}&returnUrl=%2Ftraces");
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(".MlKit.Dashboard.", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.DoesNotContain(Token, cookie);
        Assert.Equal("/traces", login.Headers.Location!.ToString());

        using var page = await GetAsync(dashboard, "/traces");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain(Token, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        await using var dashboard = await StartAsync();
        using var login = await GetAsync(dashboard, "/login?t=wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        using var page = await GetAsync(dashboard, "/");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task The_login_leads_to_no_other_site(string returnUrl)
    {
        await using var dashboard = await StartAsync();
        using var login = await GetAsync(dashboard, $"/login?t={Token}&returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal("/", login.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_form_takes_the_token_only_with_its_antiforgery_field()
    {
        await using var dashboard = await StartAsync();
        var page = await dashboard.PageAsync("/login");
        var field = Field().Match(page);
        using var without = await PostAsync(dashboard, new() { ["token"] = Token });
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using var with = await PostAsync(dashboard, new() { ["token"] = Token, [field.Groups[1].Value] = field.Groups[2].Value });
        Assert.Equal(HttpStatusCode.Redirect, with.StatusCode);
        using var home = await GetAsync(dashboard, "/");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task A_foreign_origin_may_neither_post_nor_open_a_live_connection()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var live = new HttpRequestMessage(HttpMethod.Get, new Uri(dashboard.Pages, "/_blazor?id=1"));
        live.Headers.Add("Origin", "http://evil.example");
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri(dashboard.Pages, "/login"));
        post.Headers.Add("Origin", "http://localhost:1");
        using var liveAnswer = await dashboard.Browser.SendAsync(live, TestContext.Current.CancellationToken);
        using var postAnswer = await dashboard.Browser.SendAsync(post, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, liveAnswer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, postAnswer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData(null, true)]
    public async Task A_live_connection_with_a_cookie_opens_for_the_own_origin_alone(string? foreign, bool opens)
    {
        await using var dashboard = await StartAsync();
        using var login = await GetAsync(dashboard, $"/login?t={Token}");
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = dashboard.Cookies;
        socket.Options.SetRequestHeader("Origin", foreign ?? dashboard.Pages.GetLeftPart(UriPartial.Authority));
        var address = new UriBuilder(dashboard.Pages) { Scheme = "ws", Path = "/_blazor" }.Uri;
        if (opens)
        {
            await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
            Assert.Contains("403", refused.Message);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/data")]
    [InlineData("/api/telemetry")]
    [InlineData("/api/consolelogs")]
    public async Task A_cookie_alone_posts_nothing(string path)
    {
        await using var dashboard = await StartAsync();
        using var login = await GetAsync(dashboard, $"/login?t={Token}");
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["command"] = "stop" });
        using var answer = await dashboard.Browser.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, dashboard.Pages);
        request.Headers.Host = "rebound.example";
        using var answer = await dashboard.Browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task<DashboardInstance> StartAsync() => DashboardInstance.StartAsync($"--Dashboard:Frontend:BrowserToken={Token}");

    private static Task<HttpResponseMessage> GetAsync(DashboardInstance dashboard, string path) =>
        dashboard.Browser.GetAsync(new Uri(dashboard.Pages, path), TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> PostAsync(DashboardInstance dashboard, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await dashboard.Browser.PostAsync("/login", content, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"(__RequestVerificationToken)\" value=\"([^\"]+)\"")]
    private static partial Regex Field();
}
