using System.Net;
using System.Net.Http.Headers;

namespace MlKit.Tests;

/// <summary>MLflow's own web UI, from a folder laid out like its build.</summary>
public sealed class OfficialUiTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlkit-mlflow-ui-");

    public OfficialUiTests()
    {
        Write("index.html", "<!doctype html><script src=\"static-files/static/js/main.0123.js\"></script>");
        Write("favicon.ico", "icon");
        Write("static/js/main.0123.js", string.Concat(Enumerable.Repeat("console.log('hello');\n", 2000)));
        Write("static/css/main.0123.css", "body{}");
        Write("static/media/logo.0123.svg", "<svg/>");
        Write("lib/notebook-trace-renderer/index.html", "<p>traces</p>");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_and_its_files_are_served_with_their_types_and_lifetimes()
    {
        await using var server = await StartAsync();
        using var http = server.CreateClient();
        await ExpectAsync(http, "", "text/html", "no-cache");
        await ExpectAsync(http, "static-files/static/js/main.0123.js", "text/javascript", "public, max-age=2419200");
        await ExpectAsync(http, "static-files/static/css/main.0123.css", "text/css", "public, max-age=2419200");
        await ExpectAsync(http, "static-files/static/media/logo.0123.svg", "image/svg+xml", "public, max-age=2419200");
        await ExpectAsync(http, "static-files/favicon.ico", "image/x-icon", "no-cache");
        await ExpectAsync(http, "static-files/lib/notebook-trace-renderer/index.html", "text/html", "no-cache");
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_never_the_page()
    {
        await using var server = await StartAsync();
        foreach (var path in (string[])["/static-files/static/js/other.js", "/static-files/", "/experiments", "/static-files/../tracking.db", "/static-files/%2e%2e/%2e%2e/etc/passwd", "/static-files/..%2ftracking.db"])
        {
            var answer = await RawHttp.SendAsync(server.Address, "GET", path, new Dictionary<string, string>(), null, Stop);
            Assert.True(answer.Status is 404 or 400, $"{path}: {answer.Status}");
        }
    }

    [Fact]
    public async Task Scripts_are_compressed_and_asked_for_once()
    {
        await using var server = await StartAsync();
        using var http = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "static-files/static/js/main.0123.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var packed = await http.SendAsync(request, Stop);
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.True((await packed.Content.ReadAsByteArrayAsync(Stop)).Length < 4000);

        using var again = new HttpRequestMessage(HttpMethod.Get, "static-files/static/js/main.0123.js");
        again.Headers.IfNoneMatch.Add(packed.Headers.ETag!);
        using var known = await http.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task The_calls_beside_its_pages_are_answered_so_that_no_tab_waits()
    {
        await using var server = await StartAsync();
        using var http = server.CreateClient();
        var telemetry = await http.GetStringAsync("ajax-api/3.0/mlflow/ui-telemetry", Stop);
        Assert.Equal("""{"disable_ui_telemetry":true,"disable_ui_events":[],"ui_rollout_percentage":0}""", telemetry);
        Assert.Equal("{}", await http.GetStringAsync("ajax-api/3.0/mlflow/scorers/list?experiment_id=0", Stop));
        using var user = await http.GetAsync("ajax-api/2.0/mlflow/users/current", Stop);
        Assert.Equal(HttpStatusCode.NotFound, user.StatusCode);
    }

    [Fact]
    public async Task A_folder_without_the_page_is_refused_at_start()
    {
        var (code, output) = await TrackingProcess.RunToEndAsync(("MLKIT__TRACKING__UI", Path.GetTempPath()));
        Assert.Equal(1, code);
        Assert.Contains("MLKIT__TRACKING__UI is", output, StringComparison.Ordinal);
        Assert.Contains("index.html", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<TrackingProcess> StartAsync() => TrackingProcess.StartAsync(("MLKIT__TRACKING__UI", _folder.FullName));

    private static async Task ExpectAsync(HttpClient http, string path, string type, string lifetime)
    {
        using var answer = await http.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(lifetime, answer.Headers.CacheControl?.ToString());
        Assert.NotNull(answer.Headers.ETag);
        Assert.NotNull(answer.Content.Headers.LastModified);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
