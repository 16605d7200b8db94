using System.Text.Json;

namespace MlKit.Tests.Conformance;

/// <summary>
/// Every endpoint of the tiers core and should is there, with both prefixes where it has them. Tracing is not: clients
/// of classic machine learning never call it, and others are told by <c>/version</c> that it is absent.
/// </summary>
public sealed class EndpointListTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task Every_core_and_should_endpoint_is_mapped()
    {
        using var list = JsonDocument.Parse(await File.ReadAllTextAsync(
            SharedMaterial.Require("reference", "mlflow-endpoints.json"), TestContext.Current.CancellationToken));
        var missing = new List<string>();
        foreach (var (method, path) in list.RootElement.EnumerateArray().SelectMany(Targets))
        {
            var answer = await RawHttp.SendAsync(
                fixture.Server.Address, method, path, new Dictionary<string, string> { ["Content-Type"] = "application/json" },
                method is "GET" ? null : "{}"u8.ToArray(), TestContext.Current.CancellationToken);
            if (answer.Status == 405 || answer.Text.Contains("ENDPOINT_NOT_FOUND", StringComparison.Ordinal))
            {
                missing.Add($"{method} {path}: {answer.Status}");
            }
        }

        Assert.Empty(missing);
    }

    private static IEnumerable<(string Method, string Path)> Targets(JsonElement endpoint)
    {
        var (method, path) = (endpoint.GetProperty("method").GetString()!, endpoint.GetProperty("path").GetString()!);
        if (path.Contains("traces", StringComparison.Ordinal))
        {
            yield break;
        }

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
