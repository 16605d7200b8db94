namespace MlKit.Tests.Fuzz;

/// <summary>100,000 paths in every spelling: the server neither fails nor touches anything outside its artifacts.</summary>
public sealed class ArtifactPathFuzzTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private const int Cases = 100_000;
    private const int Connections = 8;
    private const string Secret = "nobody may read this";

    private static readonly string[] Pieces =
    [
        "..", ".", "...", "/", "//", "%2f", "%252f", "%5c", "\\", "%2e%2e", "%252e%252e", "%25252e%25252e", ".%2e", "a", "b", "ok.txt", "secret.txt",
        "artifacts", "tracking.db", "C:", "file:", "%00", "%0a", "%23", ";", "%3b", "?", "%3f", "*", "%", "%zz", "%c3%a9", "%ff", "%20", "+", "~",
        "%7e", "con", "etc", "passwd", "LONG", ".mlkit-partial", "%2emlkit-partial", ":", "%3a", "&", "=", "$", "|", "%e2%80%ae",
    ];

    [Fact]
    public async Task Any_path_is_answered_without_a_failure_and_without_leaving_the_root()
    {
        var state = fixture.Server.State;
        await File.WriteAllTextAsync(Path.Combine(state, "secret.txt"), Secret, TestContext.Current.CancellationToken);
        var run = await fixture.Api.CreateRunIdAsync();
        var before = Outside(state);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(seed => Task.Run(() => SendAsync(new Random(seed), run))));

        Assert.Equal(before, Outside(state));
        Assert.Equal(Secret, await File.ReadAllTextAsync(Path.Combine(state, "secret.txt"), TestContext.Current.CancellationToken));
        Assert.Equal("OK", await fixture.Api.Http.GetStringAsync("health", TestContext.Current.CancellationToken));
    }

    private async Task SendAsync(Random random, string run)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        for (var i = 0; i < Cases / Connections; i++)
        {
            var (method, target) = Target(random, run);
            using var request = new HttpRequestMessage(method, new Uri(fixture.Server.Address.AbsoluteUri.TrimEnd('/') + target, options));
            if (method == HttpMethod.Put)
            {
                request.Content = new ByteArrayContent("x"u8.ToArray());
            }

            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{method} {target}: {(int)answer.StatusCode} {text}");
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }
    }

    private static (HttpMethod Method, string Target) Target(Random random, string run)
    {
        var path = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ =>
            Pieces[random.Next(Pieces.Length)] switch { "LONG" => new string('n', random.Next(100, 400)), var piece => piece }
            + (random.Next(2) == 0 ? "/" : "")));
        const string proxy = "/api/2.0/mlflow-artifacts/artifacts";
        return random.Next(6) switch
        {
            0 => (HttpMethod.Put, $"{proxy}/{path}"),
            1 => (HttpMethod.Delete, $"{proxy}/{path}"),
            2 => (HttpMethod.Get, $"{proxy}?path={path}"),
            3 => (HttpMethod.Get, $"/get-artifact?run_id={run}&path={path}"),
            4 => (HttpMethod.Get, $"/api/2.0/mlflow/artifacts/list?run_id={run}&path={path}"),
            _ => (HttpMethod.Get, $"{proxy}/{path}"),
        };
    }

    /// <summary>What lies in the state folder beside the artifacts and the files that the database changes by itself.</summary>
    private static List<string> Outside(string state) => [.. Directory.EnumerateFileSystemEntries(state)
        .Select(path => Path.GetFileName(path)!).Where(name => !name.StartsWith("tracking.db", StringComparison.Ordinal) && name != "artifacts")
        .Order(StringComparer.Ordinal)];
}
