using System.Net;
using System.Net.Http.Headers;
using MlKit.Tests.Conformance;

namespace MlKit.Tests;

/// <summary>Settings: wrong ones are named in one line, the others do what they say.</summary>
public sealed class SettingsTests
{
    private const string AnyCall = "api/2.0/mlflow/experiments/get?experiment_id=0";

    [Theory]
    [InlineData("MLKIT__TRACKING__PASSWORD", "secret-enough-1", "MLKIT__TRACKING__USERNAME")]
    [InlineData("MLKIT__TRACKING__ARTIFACTS", "ftp://somewhere/else", "allowed are a folder, a file: URI and s3://bucket/prefix")]
    [InlineData("ConnectionStrings__tracking", "Server tracking", "ConnectionStrings__tracking is not a connection string")]
    public async Task A_setting_that_cannot_be_used_ends_the_program_with_one_line(string key, string value, string expected)
    {
        var (code, output) = await TrackingProcess.RunToEndAsync((key, value));
        Assert.Equal(1, code);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("tracking: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Trait(CoverageTests.Entry, "CVE-2025-11200")]
    [Fact]
    public async Task A_short_password_is_refused()
    {
        var (code, output) = await TrackingProcess.RunToEndAsync(
            ("MLKIT__TRACKING__USERNAME", "admin"), ("MLKIT__TRACKING__PASSWORD", "password"));
        Assert.Equal(1, code);
        Assert.Contains("at least 12", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_token_every_call_needs_it_but_probes_do_not()
    {
        await using var server = await TrackingProcess.StartAsync(("MLKIT__TRACKING__TOKEN", "s3cret-token"));
        using var http = server.CreateClient();
        foreach (var path in (string[])[AnyCall, "", "metrics", "get-artifact?run_id=x&path=y", "api/2.0/mlflow-artifacts/artifacts"])
        {
            using var refused = await http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        foreach (var path in (string[])["health", "alive", "version"])
        {
            using var open = await http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "s3cret-token");
        using var known = await http.GetAsync(AnyCall, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public async Task A_host_name_is_answered_when_it_is_configured()
    {
        await using var server = await TrackingProcess.StartAsync(("MLKIT__TRACKING__ALLOWEDHOSTS", "mlflow, *.svc.cluster.local"));
        foreach (var (host, status) in (List<(string, int)>)
            [("mlflow:5000", 200), ("mlflow.ns.svc.cluster.local", 200), ("evil.example", 403), ("xsvc.cluster.local", 403)])
        {
            var answer = await RawHttp.SendAsync(
                server.Address, "GET", "/" + AnyCall, new Dictionary<string, string> { ["Host"] = host }, null,
                TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.Status);
        }
    }

    [Fact]
    public async Task Artifacts_go_to_the_configured_folder()
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-artifacts-");
        try
        {
            await using var server = await TrackingProcess.StartAsync(("MLKIT__TRACKING__ARTIFACTS", folder.FullName));
            using var http = server.CreateClient();
            using var put = await http.PutAsync(
                "api/2.0/mlflow-artifacts/artifacts/0/a.txt", new StringContent("x"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            Assert.Equal("x", await File.ReadAllTextAsync(
                Path.Combine(folder.FullName, "0", "a.txt"), TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_browser_gets_a_page()
    {
        await using var server = await TrackingProcess.StartAsync();
        using var http = server.CreateClient();
        using var page = await http.GetAsync("", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Default", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
