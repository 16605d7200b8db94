using System.Text.Json.Nodes;
using Aspire.Hosting;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>What the product renders for its own check is what helm renders.</summary>
public sealed class RendererTests
{
    [Theory]
    [InlineData("shop")]
    [InlineData("vision")]
    [InlineData("plain")]
    [InlineData("settings")]
    public async Task The_products_rendering_is_helms(string name)
    {
        Action<IDistributedApplicationBuilder> compose = name switch
        {
            "shop" => ShopTopology.Compose,
            "vision" => VisionTopology.Compose,
            "plain" => PlainTopology.Compose,
            _ => OtherTopologies.All[name],
        };
        using var chart = await PublishedChart.CreateAsync(compose);
        var byHelm = await Helm.TemplateReleaseAsync("shop", chart.Folder, name == "shop" ? ["--set", "secrets.paymentToken=x"] : []);
        using var manifests = await PublishedChart.CreateAsync(compose, "--output-format", "manifests");
        var own = manifests.Files.Where(file => file.EndsWith(".yaml", StringComparison.Ordinal)).SelectMany(file => YamlDocuments.Parse(manifests.Read(file))).ToList();

        var expected = byHelm.Where(item => (string?)item["metadata"]!["name"] != "shop-generated").ToDictionary(Key, Comparable);
        var actual = own.ToDictionary(Key, Comparable);

        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, item => Assert.Equal(item.Value, actual[item.Key]));
    }

    private static string Key(JsonObject item)
    {
        var name = (string)item["metadata"]!["name"]!;
        return $"{(string)item["kind"]!}/{((string?)item["kind"] == "Job" ? name[..^9] : name)}";
    }

    // Hashes and what manifests leave out on purpose are no part of the comparison.
    private static string Comparable(JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        copy["metadata"]!["name"] = Key(item);
        if ((string?)copy["kind"] == "Secret")
        {
            copy.Remove("stringData");
            copy.Remove("data");
        }

        Strip(copy);
        return Sorted(copy)!.ToJsonString();
    }

    // Helm writes what comes from values in the order of the alphabet.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Strip(item);
            }
        }

        if (node is not JsonObject map)
        {
            return;
        }

        foreach (var key in map.Select(entry => entry.Key).ToList())
        {
            if (key.StartsWith("checksum/", StringComparison.Ordinal) || key is "helm.sh/chart" or "helm.sh/resource-policy" or "app.kubernetes.io/managed-by")
            {
                map.Remove(key);
                continue;
            }

            Strip(map[key]);
            if (map[key] is JsonObject { Count: 0 } && key is "annotations" or "labels")
            {
                map.Remove(key);
            }
        }
    }
}
