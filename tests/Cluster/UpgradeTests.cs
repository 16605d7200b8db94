using System.Text.Json.Nodes;

namespace MlKit.Tests.Cluster;

/// <summary>
/// An installation of the first published chart (<c>previous-chart.tgz</c>) becomes one of today's by <c>helm upgrade</c>,
/// and keeps what it has stored.
/// </summary>
[Collection(ControlPlane.Collection)]
public sealed class UpgradeTests(ControlPlane cluster)
{
    private const string Namespace = "upgraded";

    [Fact]
    public async Task An_upgrade_from_the_first_chart_keeps_selectors_claims_and_passwords()
    {
        var today = Path.Combine(Repository.Root, "deploy", "chart");
        var before = Path.Combine(Repository.Root, "tests", "Cluster", "previous-chart.tgz");
        await cluster.KubectlAsync("create", "namespace", Namespace);
        await cluster.HelmAsync("install", "rel", before, "--namespace", Namespace);
        try
        {
            await KeepsAsync(today);
        }
        finally
        {
            // Its pods would go on holding the GPUs that other tests need.
            await cluster.HelmAsync("uninstall", "rel", "--namespace", Namespace);
        }
    }

    private async Task KeepsAsync(string today)
    {
        await Eventually.True(async () => (await ClaimsAsync()).Count == 4, TimeSpan.FromSeconds(30), "the first chart's claims are there");
        var (claims, selectors, passwords) = (await ClaimsAsync(), await SelectorsAsync(), await PasswordsAsync());

        await cluster.HelmAsync("upgrade", "rel", today, "--namespace", Namespace);
        await cluster.HelmAsync("upgrade", "rel", today, "--namespace", Namespace);

        var (keptClaims, keptSelectors, keptPasswords) = (await ClaimsAsync(), await SelectorsAsync(), await PasswordsAsync());
        Assert.All(claims, claim => Assert.Equal(claim.Value, keptClaims[claim.Key]));
        Assert.All(selectors.Where(item => keptSelectors.ContainsKey(item.Key)), item => Assert.Equal(item.Value, keptSelectors[item.Key]));
        Assert.Equal(["StatefulSet/rel-mlkit-mlflow"], selectors.Keys.Except(keptSelectors.Keys));
        Assert.Contains("Deployment/rel-mlkit-mlflow", keptSelectors.Keys);
        Assert.All(passwords, password => Assert.Equal(password.Value, keptPasswords[password.Key]));
    }

    // By name, the identity of each claim and the volume behind it.
    private async Task<Dictionary<string, string>> ClaimsAsync() => (await ItemsAsync("persistentvolumeclaims"))
        .ToDictionary(Name, item => $"{item["metadata"]!["uid"]}");

    private async Task<Dictionary<string, string>> SelectorsAsync() => (await ItemsAsync("deployments,statefulsets"))
        .ToDictionary(item => $"{item["kind"]}/{Name(item)}", item => item["spec"]!["selector"]!.ToJsonString());

    private async Task<Dictionary<string, string>> PasswordsAsync() => (await ItemsAsync("secrets"))
        .Where(item => Name(item) == "rel-mlkit-generated")
        .SelectMany(item => item["data"]!.AsObject())
        .ToDictionary(entry => entry.Key, entry => (string)entry.Value!);

    private async Task<IEnumerable<JsonNode>> ItemsAsync(string kinds) =>
        JsonNode.Parse(await cluster.KubectlAsync("get", kinds, "--namespace", Namespace, "--output", "json"))!["items"]!.AsArray().Select(item => item!);

    private static string Name(JsonNode item) => (string)item["metadata"]!["name"]!;
}
