using System.Text.Json;

namespace MlKit.Tests.Conformance;

/// <summary>Every endpoint of the tiers core and should is there, with both prefixes where it has them.</summary>
public sealed class EndpointListTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task Every_core_and_should_endpoint_is_mapped()
    {
        using var list = JsonDocument.Parse(await File.ReadAllTextAsync(
            SharedMaterial.Require("reference", "mlflow-endpoints.json"), TestContext.Current.CancellationToken));
        var missing = new List<string>();
        var count = 0;
        foreach (var (method, path) in list.RootElement.EnumerateArray().SelectMany(Targets))
        {
            var answer = await RawHttp.SendAsync(
                fixture.Server.Address, method, path, new Dictionary<string, string> { ["Content-Type"] = "application/json" },
                method is "GET" ? null : "{}"u8.ToArray(), TestContext.Current.CancellationToken);
            count++;
            if (answer.Status == 405 || answer.Text.Contains("ENDPOINT_NOT_FOUND", StringComparison.Ordinal))
            {
                missing.Add($"{method} {path}: {answer.Status}");
            }
        }

        Assert.Empty(missing);
        Assert.True(count > 100, $"the list names only {count} endpoints");
    }

    private static IEnumerable<(string Method, string Path)> Targets(JsonElement endpoint)
    {
        var (method, path) = (endpoint.GetProperty("method").GetString()!, endpoint.GetProperty("path").GetString()!);
        // The original has this one only below /ajax-api, too.
        if (path == "/api/2.0/mlflow/experiments/search-datasets")
        {
            yield return (method, path.Replace("/api/", "/ajax-api/", StringComparison.Ordinal));
            yield break;
        }

        if (endpoint.GetProperty("tier").GetString() == "may-refuse" || !path.StartsWith('/') || method == "*")
        {
            yield break;
        }

        var sample = path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        yield return (method, sample);
        if (endpoint.GetProperty("ajax_twin").ValueKind == JsonValueKind.True)
        {
            yield return (method, sample.Replace("/api/", "/ajax-api/", StringComparison.Ordinal));
        }
    }
}
