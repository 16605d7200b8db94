using System.Text;
using MlKit.Tests.Conformance;

namespace MlKit.Tests.Security;

/// <summary>What went wrong in MLflow's history, each as a test, over raw sockets that tidy nothing up.</summary>
public sealed class SecurityHistoryTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private const string Secret = "outside-the-root";

    private const string Proxy = "/api/2.0/mlflow-artifacts/artifacts/";

    /// <summary>One step up, in every spelling that some decoder somewhere understood.</summary>
    public static TheoryData<string> Escapes =>
    [
        "../secret.txt", "a/../../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt",
        "%252e%252e%252fsecret.txt", "%25252e%25252e%25252fsecret.txt", Encoded("../secret.txt", 10), "..%5csecret.txt",
        "..%255csecret.txt", "%2fetc%2fpasswd", "%252fetc%252fpasswd", "C:%5cwindows%5cwin.ini", "c:/windows/win.ini",
        "%5c%5chost%5cshare", "file:%2f%2f%2fetc%2fpasswd", "file:///etc/passwd", "a%00/../secret.txt", "%23/../secret.txt", "./../secret.txt",
        "....%2f%2fsecret.txt/../../..", ".%2e/secret.txt", "%2e./secret.txt",
    ];

    private Uri Address => fixture.Server.Address;

    [Trait(CoverageTests.Entry, "CVE-2023-6831")]
    [Trait(CoverageTests.Entry, "CVE-2024-1558")]
    [Trait(CoverageTests.Entry, "CVE-2024-1594")]
    [Trait(CoverageTests.Entry, "CVE-2024-4263")]
    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task Issue_7166_and_CVE_2024_1560_no_spelling_of_a_path_leaves_the_artifact_root(string path)
    {
        var secret = Path.Combine(fixture.Server.State, "secret.txt");
        await File.WriteAllTextAsync(secret, Secret, TestContext.Current.CancellationToken);
        var run = await fixture.Api.CreateRunIdAsync();
        var model = await CreateModelAsync();
        var query = path.Replace("%", "%25", StringComparison.Ordinal);
        foreach (var (method, target) in (List<(string, string)>)
        [
            ("GET", Proxy + path), ("PUT", Proxy + path), ("DELETE", Proxy + path),
            ("GET", Proxy.Replace("/api/", "/ajax-api/", StringComparison.Ordinal) + path),
            ("GET", $"{Proxy.TrimEnd('/')}?path={path}"), ("GET", $"{Proxy.TrimEnd('/')}?path={query}"),
            ("GET", $"/get-artifact?run_id={run}&path={path}"), ("GET", $"/get-artifact?run_id={run}&path={query}"),
            ("GET", $"/api/2.0/mlflow/artifacts/list?run_id={run}&path={path}"),
            ("POST", $"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path={path}"),
            ("GET", $"/api/2.0/mlflow/logged-models/{model}/artifacts/directories?artifact_directory_path={path}"),
            ("GET", $"/ajax-api/2.0/mlflow/logged-models/{model}/artifacts/files?artifact_file_path={path}"),
        ])
        {
            var answer = await SendAsync(method, target, "x");
            Assert.True(answer.Status is 400 or 404, $"{method} {target}: {answer.Status} {answer.Text}");
            Assert.DoesNotContain(Secret, answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(Secret, await File.ReadAllTextAsync(secret, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("create")]
    [InlineData("complete")]
    [InlineData("abort")]
    public async Task CVE_2026_2651_multipart_calls_touch_nothing(string call)
    {
        var answer = await SendAsync("POST", $"/api/2.0/mlflow-artifacts/mpu/{call}/..%2f..%2fx", """{"path":"../x"}""");
        Assert.Equal(501, answer.Status);
        Assert.Contains("Multipart upload is not supported for the current artifact repository", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("FILE:///etc/passwd")]
    [InlineData("file:/etc/passwd")]
    [InlineData("file://localhost/etc/passwd")]
    [InlineData("C:\\\\windows\\\\win.ini")]
    [InlineData("..\\\\..\\\\secret.txt")]
    [InlineData("\\\\\\\\host\\\\share\\\\x")]
    [InlineData("mlflow-artifacts:/0/other/artifacts")]
    [InlineData("mlflow-artifacts:/0/RUN/artifacts/../../other")]
    [InlineData("mlflow-artifacts:/0/RUN/artifacts/%2e%2e/other")]
    [InlineData("mlflow-artifacts:/0/RUN/artifacts/%252e%252e/other")]
    [InlineData("mlflow-artifacts://h:1/../../x")]
    [InlineData("mlflow-artifacts://host/0/RUN/artifacts")]
    [InlineData("s3:/b/a/../../x")]
    [InlineData("s3://b/a/../../x")]
    [InlineData("s3://b/a?x=../../x")]
    [InlineData("s3://b/a%2f..%2f..%2fx")]
    [InlineData("http://h/api/2.0/mlflow-artifacts/artifacts/../..")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://example.com/model")]
    [InlineData("ftp://example.com/model")]
    [InlineData("models:/../x")]
    [InlineData("models:/name/../../x")]
    [InlineData("runs:/RUN/../../x")]
    public async Task CVE_2023_1177_2356_2780_6909_2025_11201_a_version_never_points_at_files_of_the_server_or_the_web(string source)
    {
        var run = await fixture.Api.CreateRunIdAsync();
        var given = source.Replace("RUN", run, StringComparison.Ordinal);
        foreach (var further in (string[])["", $",\"run_id\":\"{run}\""])
        {
            var answer = await fixture.Api.PostAsync("model-versions/create", $$"""{"name":"never-there","source":"{{given}}"{{further}}}""");
            Assert.Equal("INVALID_PARAMETER_VALUE", answer.ErrorCode);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mlflow-artifacts:/0/x/artifacts")]
    [InlineData("a/../b")]
    public async Task CVE_2026_2614_the_prompt_tag_switches_no_check_off(string source)
    {
        var answer = await fixture.Api.PostAsync(
            "model-versions/create",
            $$"""{"name":"p","source":"{{source}}","tags":[{"key":"mlflow.prompt.is_prompt","value":"true"}]}""");
        Assert.Equal("INVALID_PARAMETER_VALUE", answer.ErrorCode);
    }

    [Theory]
    [InlineData("http:///#/../../x")]
    [InlineData("http:///?/../../x")]
    [InlineData("http:///?a=%2e%2e/%2e%2e/x")]
    [InlineData("http:///?a=%252e%252e/x")]
    [InlineData("s3://bucket/x;params")]
    [InlineData("runs:/abc/x")]
    [InlineData("RUNS:/abc/x")]
    public async Task CVE_2023_6909_2024_1483_2024_3848_a_location_smuggles_nothing_in_fragment_query_or_params(string location)
    {
        var answer = await fixture.Api.PostAsync(
            "experiments/create", $$"""{"name":"{{Guid.NewGuid():n}}","artifact_location":"{{location}}"}""");
        Assert.Equal("INVALID_PARAMETER_VALUE", answer.ErrorCode);
    }

    [Theory]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    public async Task PR_11376_artifacts_at_a_local_location_are_never_served_from_the_servers_disk(string location)
    {
        var experiment = (await fixture.Api.DoAsync(
            "experiments/create", $$"""{"name":"{{Guid.NewGuid():n}}","artifact_location":"{{location}}"}"""))["experiment_id"];
        var run = await fixture.Api.CreateRunIdAsync($"{experiment}");
        foreach (var target in (string[])[$"/get-artifact?run_id={run}&path=passwd", $"/api/2.0/mlflow/artifacts/list?run_id={run}"])
        {
            Assert.Equal(400, (await SendAsync("GET", target)).Status);
        }
    }

    [Fact]
    public async Task PR_19260_a_link_inside_the_root_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        var outside = Directory.CreateTempSubdirectory("mlkit-outside-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(outside.FullName, "x"), Secret, TestContext.Current.CancellationToken);
            var root = Directory.CreateDirectory(Path.Combine(fixture.Server.State, "artifacts", "linked"));
            File.CreateSymbolicLink(Path.Combine(root.FullName, "out"), outside.FullName);
            foreach (var method in (string[])["GET", "PUT", "DELETE"])
            {
                Assert.Equal(400, (await SendAsync(method, Proxy + "linked/out/x", "y")).Status);
            }

            Assert.Equal(Secret, await File.ReadAllTextAsync(Path.Combine(outside.FullName, "x"), TestContext.Current.CancellationToken));
        }
        finally
        {
            outside.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:5000", 403)]
    [InlineData("169.254.169.254", 403)]
    [InlineData("8.8.8.8", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("localhost", 200)]
    [InlineData("localhost:1234", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:5000", 200)]
    [InlineData("10.1.2.3:80", 200)]
    [InlineData("172.16.0.1", 200)]
    [InlineData("172.32.0.1", 403)]
    [InlineData("192.168.7.7:5000", 200)]
    public async Task CVE_2025_14279_a_foreign_host_name_is_refused_so_that_rebinding_it_is_of_no_use(string host, int status)
    {
        var headers = new Dictionary<string, string> { ["Host"] = host };
        Assert.Equal(status, (await SendAsync("GET", "/api/2.0/mlflow/experiments/get?experiment_id=0", null, headers)).Status);
        Assert.Equal(200, (await SendAsync("GET", "/health", null, headers)).Status);
        Assert.Equal(200, (await SendAsync("GET", "/version", null, headers)).Status);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1", true)]
    public async Task PR_17910_only_pages_of_this_machine_change_anything(string origin, bool allowed)
    {
        var headers = new Dictionary<string, string> { ["Origin"] = origin, ["Content-Type"] = "application/json" };
        var name = Guid.NewGuid().ToString("n");
        var create = await SendAsync("POST", "/api/2.0/mlflow/experiments/create", $"{{\"name\":\"{name}\"}}", headers);
        var put = await SendAsync("PUT", Proxy + "0/origin.txt", "x", headers);
        var preflight = await SendAsync("OPTIONS", "/api/2.0/mlflow/experiments/create", null, headers);
        Assert.Equal(allowed, create.Status == 200);
        Assert.Equal(allowed, put.Status == 200);
        Assert.Equal(allowed, preflight.Status == 204);
        Assert.Equal(allowed, preflight.Headers.ContainsKey("Access-Control-Allow-Origin"));
        foreach (var answer in (RawResponse[])[create, put])
        {
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("SAMEORIGIN", answer.Headers["X-Frame-Options"]);
            Assert.False(answer.Headers.TryGetValue("Access-Control-Allow-Origin", out var any) && any == "*");
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonx")]
    [InlineData(null)]
    public async Task CVE_2025_1473_nothing_changes_without_the_type_that_no_form_can_send(string? type)
    {
        var name = Guid.NewGuid().ToString("n");
        var headers = type is null ? [] : new Dictionary<string, string> { ["Content-Type"] = type };
        var answer = await SendAsync("POST", "/api/2.0/mlflow/experiments/create", $"{{\"name\":\"{name}\"}}", headers);
        Assert.Equal(400, answer.Status);
        Assert.Equal(404, (await SendAsync("GET", $"/api/2.0/mlflow/experiments/get-by-name?experiment_name={name}")).Status);
    }

    [Trait(CoverageTests.Entry, "stored XSS class")]
    [Theory]
    [InlineData("page.html")]
    [InlineData("image.svg")]
    [InlineData("script.js")]
    public async Task Stored_scripts_are_sent_as_attachments_that_no_browser_runs(string name)
    {
        await SendAsync("PUT", Proxy + "0/" + name, "<script>alert(1)</script>");
        var answer = await SendAsync("GET", Proxy + "0/" + name);
        Assert.StartsWith("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
    }

    [Trait(CoverageTests.Entry, "gateway proxy SSRF class")]
    [Trait(CoverageTests.Entry, "issue #24179")]
    [Theory]
    [InlineData("/api/2.0/mlflow/gateway-proxy")]
    [InlineData("/ajax-api/2.0/mlflow/gateway-proxy")]
    [InlineData("/api/2.0/mlflow/webhooks")]
    public async Task CVE_2026_2393_there_is_nothing_that_calls_an_address_of_the_clients_choice(string path)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        var answer = await SendAsync("POST", path, """{"url":"http://169.254.169.254","gateway_path":"x"}""", headers);
        Assert.True(answer.Status is 404 or 405, $"{path}: {answer.Status} {answer.Text}");
    }

    [Fact]
    public async Task CVE_2025_0453_a_query_of_many_aliases_or_levels_is_refused_before_it_costs_anything()
    {
        var aliases = string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{i}: mlflowGetExperiment(input: {{experimentId: \\\"0\\\"}}) {{experiment {{name}}}} "));
        var levels = string.Concat(Enumerable.Repeat("{experiment ", 500)) + string.Concat(Enumerable.Repeat("}", 500));
        foreach (var query in (string[])["query {" + aliases + "}", "query " + levels])
        {
            var answer = await SendAsync(
                "POST", "/graphql", $$"""{"query":"{{query}}"}""", new Dictionary<string, string> { ["Content-Type"] = "application/json" });
            Assert.True(answer.Status is 200 or (>= 400 and < 500), answer.Text);
            Assert.DoesNotContain("Default", answer.Text, StringComparison.Ordinal);
        }
    }

    private static string Encoded(string path, int levels) => path
        .Replace("../", $"%{string.Concat(Enumerable.Repeat("25", levels - 1))}2e%{string.Concat(Enumerable.Repeat("25", levels - 1))}2e/", StringComparison.Ordinal);

    private async Task<string> CreateModelAsync() => (await fixture.Api.DoAsync(
        "logged-models", """{"experiment_id":"0","name":"m"}"""))["model"]!["info"]!["model_id"]!.GetValue<string>();

    private Task<RawResponse> SendAsync(
        string method, string target, string? body = null, IReadOnlyDictionary<string, string>? headers = null) =>
        RawHttp.SendAsync(
            Address, method, target, headers ?? new Dictionary<string, string>(),
            body is null || method is "GET" or "DELETE" ? null : Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
}
