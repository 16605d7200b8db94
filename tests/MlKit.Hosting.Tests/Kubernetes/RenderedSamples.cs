using System.Text.Json.Nodes;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>The sample topologies, published once and rendered by helm.</summary>
public sealed class RenderedSamples : IAsyncLifetime
{
    /// <summary>A secret with characters that have a meaning in an address.</summary>
    internal const string Password = "p@ss/w:rd";

    internal static readonly string[] Given = ["--set", "secrets.paymentToken=t0ken", "--set", $"secrets.pgPassword={Password}"];

    internal PublishedChart Shop { get; private set; } = null!;

    internal PublishedChart Vision { get; private set; } = null!;

    internal PublishedChart Plain { get; private set; } = null!;

    internal List<JsonObject> ShopObjects { get; private set; } = [];

    internal List<JsonObject> VisionObjects { get; private set; } = [];

    internal List<JsonObject> PlainObjects { get; private set; } = [];

    internal IEnumerable<JsonObject> All => ShopObjects.Concat(VisionObjects).Concat(PlainObjects);

    public async ValueTask InitializeAsync()
    {
        Shop = await PublishedChart.CreateAsync(ShopTopology.Compose);
        Vision = await PublishedChart.CreateAsync(VisionTopology.Compose);
        Plain = await PublishedChart.CreateAsync(PlainTopology.Compose);
        if (Helm.IsThere)
        {
            ShopObjects = await Helm.TemplateAsync(Shop.Folder, Given);
            VisionObjects = await Helm.TemplateAsync(Vision.Folder);
            PlainObjects = await Helm.TemplateAsync(Plain.Folder);
        }
    }

    public ValueTask DisposeAsync()
    {
        Shop.Dispose();
        Vision.Dispose();
        Plain.Dispose();
        return ValueTask.CompletedTask;
    }
}
