using System.Diagnostics;
using Aspire.Hosting;
using MlKit.Tests;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>Charts, plain manifests and kustomizations, and what cannot be published.</summary>
public sealed class OutputFormatTests
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    [Theory]
    [InlineData("helm")]
    [InlineData("manifests")]
    [InlineData("kustomize")]
    public async Task Publishing_twice_gives_the_same_bytes(string format)
    {
        using var first = await PublishedChart.CreateAsync(ShopTopology.Compose, "--output-format", format);
        using var second = await PublishedChart.CreateAsync(ShopTopology.Compose, "--output-format", format);

        Assert.Equal(first.Files, second.Files);
        Assert.All(first.Files, file => Assert.Equal(first.Read(file), second.Read(file)));
    }

    [Fact]
    public async Task A_kustomization_names_every_file_and_is_taken_by_kubectl()
    {
        var kubectl = Path.Combine(Repository.Root, ".tools", "kubectl");
        Assert.SkipUnless(File.Exists(kubectl), "kubectl is absent (run tests/tools/get-helm.sh)");
        using var published = await PublishedChart.CreateAsync(VisionTopology.Compose, "--output-format", "kustomize");

        var start = new ProcessStartInfo(kubectl, ["kustomize", published.Folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(published.Files.Count(file => file.EndsWith(".yaml", StringComparison.Ordinal)) - 1, YamlDocuments.Parse(output).Count);
    }

    [Fact]
    public async Task Plain_manifests_hold_no_secret_and_come_with_the_script_that_makes_them()
    {
        using var published = await PublishedChart.CreateAsync(ShopTopology.Compose, "--output-format", "manifests");
        var secrets = published.Files.Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))
            .SelectMany(file => YamlDocuments.Parse(published.Read(file))).Where(item => (string?)item["kind"] == "Secret").ToList();

        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret => Assert.True(secret["data"] is null && secret["stringData"] is null));
        Assert.Contains("paymentToken:?", published.Read("secrets.sh"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pdf", "helm, manifests, kustomize")]
    public async Task An_unknown_format_is_refused_with_those_that_are_known(string format, string allowed)
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.CreateAsync(PlainTopology.Compose, "--output-format", format));
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_resources_of_one_name_in_the_cluster_are_refused_by_both_names()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.CreateAsync(builder =>
        {
            builder.AddContainer("web-api", "a/b", "1");
            builder.AddContainer("webApi", "a/b", "1");
        }));
        Assert.Contains("web-api", error.Message, StringComparison.Ordinal);
        Assert.Contains("webApi", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_published_that_the_check_refuses()
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-refused-").FullName;
        try
        {
            var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.PublishAsync(
                builder => builder.AddContainer("web", "acme/web", "1").PublishAsKubernetesService(objects =>
                    objects.Workload!.PodTemplate.Spec.Containers[0].EnvFrom.Add(new() { SecretRef = new() { Name = "nowhere" } })),
                folder));
            Assert.Contains("there is no Secret \"nowhere\"", error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_a_cluster_needs_passes_the_check() => Assert.Empty(
        new[] { "namespace.yaml", "quota.yaml", "kueue.yaml" }
            .SelectMany(file => YamlDocuments.Parse(File.ReadAllText(Path.Combine(Deploy, "cluster", file))))
            .SelectMany(new StrictSchemas().Check));

    [Fact]
    public void The_adapter_serves_every_custom_metric_that_an_autoscaler_asks_for()
    {
        var rules = YamlDocuments.Parse(File.ReadAllText(Path.Combine(Deploy, "cluster", "prometheus-adapter-values.yaml")))[0]["rules"]!["custom"]!.AsArray()
            .Select(rule => (string?)rule!["name"]!["as"]).ToHashSet();
        var asked = Directory.EnumerateFiles(Path.Combine(Deploy, "chart", "templates"), "horizontalpodautoscaler.yaml", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Where(text => text.Contains("type: Pods", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, text => Assert.Contains(rules, rule => text.Contains($"name: {rule}", StringComparison.Ordinal)));
    }
}
