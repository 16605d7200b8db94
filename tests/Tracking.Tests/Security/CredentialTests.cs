using System.Text;

namespace MlKit.Tests.Security;

/// <summary>With credentials configured, every route wants them; the routes come from the server itself.</summary>
public sealed class CredentialTests
{
    private const string Token = "s3cret-token-for-tests";

    [Fact]
    public async Task CVE_2026_0545_2652_every_listed_endpoint_is_closed_without_credentials()
    {
        await using var server = await TrackingProcess.StartAsync(("MLKIT__TRACKING__TOKEN", Token));
        foreach (var (method, path) in Endpoints())
        {
            var answer = await RawHttp.SendAsync(
                server.Address, method, path, new Dictionary<string, string> { ["Content-Type"] = "application/json" },
                method is "GET" or "DELETE" ? null : "{}"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.True(answer.Status == 401, $"{method} {path}: {answer.Status}");
            Assert.Contains("UNAUTHENTICATED", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Bearer s3cret-token-for-tests", 200)]
    [InlineData("bearer s3cret-token-for-tests", 200)]
    [InlineData("Bearer s3cret-token-for-test", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Basic czNjcmV0LXRva2VuLWZvci10ZXN0cw==", 401)]
    [InlineData("Digest s3cret-token-for-tests", 401)]
    [InlineData("", 401)]
    public async Task Only_the_token_opens(string header, int status)
    {
        await using var server = await TrackingProcess.StartAsync(("MLKIT__TRACKING__TOKEN", Token));
        Assert.Equal(status, await GetAsync(server, header));
    }

    [Fact]
    public async Task Only_the_user_with_the_password_opens()
    {
        await using var server = await TrackingProcess.StartAsync(
            ("MLKIT__TRACKING__USERNAME", "anna"), ("MLKIT__TRACKING__PASSWORD", "twelve-chars-1"));
        foreach (var (user, password, status) in (List<(string, string, int)>)
        [
            ("anna", "twelve-chars-1", 200), ("anna", "twelve-chars-2", 401), ("Anna", "twelve-chars-1", 401),
            ("", "", 401), ("admin", "password1234", 401),
        ])
        {
            Assert.Equal(status, await GetAsync(server, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
        }
    }

    private static async Task<int> GetAsync(TrackingProcess server, string header)
    {
        var headers = header.Length == 0 ? [] : new Dictionary<string, string> { ["Authorization"] = header };
        var answer = await RawHttp.SendAsync(
            server.Address, "GET", "/api/2.0/mlflow/experiments/get?experiment_id=0", headers, null, TestContext.Current.CancellationToken);
        return answer.Status;
    }

    /// <summary>Every method and path of the protocol with both prefixes, and what lies beside it.</summary>
    private static IEnumerable<(string Method, string Path)> Endpoints()
    {
        foreach (var path in (string[])["/", "/metrics", "/get-artifact", "/model-versions/get-artifact", "/graphql", "/v1/traces", "/nothing"])
        {
            yield return ("GET", path);
        }

        foreach (var (method, path) in Listed())
        {
            var sample = path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("*", "x", StringComparison.Ordinal);
            yield return (method, sample);
            yield return (method, sample.Replace("/api/", "/ajax-api/", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Method, string Path)> Listed()
    {
        using var list = System.Text.Json.JsonDocument.Parse(File.ReadAllText(SharedMaterial.Require("reference", "mlflow-endpoints.json")));
        var root = list.RootElement;
        var items = root.ValueKind == System.Text.Json.JsonValueKind.Array ? root : root.GetProperty("endpoints");
        return [.. items.EnumerateArray()
            .Select(item => (item.GetProperty("method").GetString()!, item.GetProperty("path").GetString()!))
            .Where(item => item.Item1 != "*" && item.Item2.StartsWith('/') && item.Item2 is not ("/health" or "/version" or "/alive"))];
    }
}
