using System.Diagnostics;
using System.Text.Json.Nodes;
using MlKit.Tests;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>Publishes the repository's own AppHost, as a user would, and looks at <c>deploy/chart</c>.</summary>
public sealed class PublishedReferenceTests : IDisposable
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");
    private static readonly string Committed = Path.Combine(Deploy, "chart");

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-chart-").FullName;

    [Theory]
    [InlineData("chart", "helm")]
    [InlineData("manifests", "manifests")]
    public async Task What_is_committed_is_what_the_AppHost_publishes(string name, string format)
    {
        var committed = Path.Combine(Deploy, name);
        var (code, output) = await RunAsync("--step", "publish", "--output-path", _folder, "--output-format", format);

        Assert.True(code == 0, output);
        var published = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder, file))
            .Order(StringComparer.Ordinal)
            .ToList();
        var stale = published.Where(file => !Same(Path.Combine(_folder, file), Path.Combine(committed, file)));
        Assert.True(
            !stale.Any(),
            $"deploy/{name} is out of date in {string.Join(", ", stale)}: dotnet run --project AppHost -- "
            + $"--operation publish --step publish --output-format {format} --output-path deploy/{name}");
        Assert.Empty(Directory.EnumerateFiles(committed, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(committed, file)).Except(published));
    }

    [Theory]
    [InlineData()]
    [InlineData("--values", "values-dev.yaml")]
    [InlineData("--set", "recommendations.ingress.enabled=true", "--set", "recommendations.ingress.host=r.example.com")]
    [InlineData("--set", "scorer.autoscaling.enabled=false", "--set", "feast.existingSecret=a", "--set", "mlflowPostgres.existingSecret=b")]
    public async Task The_committed_chart_passes_lint_and_strict_schemas(params string[] values)
    {
        var schemas = new StrictSchemas();
        string[] given = [.. values.Select(value => value.StartsWith("values", StringComparison.Ordinal) ? Path.Combine(Committed, value) : value)];

        await Helm.LintAsync(Committed, given);
        var objects = await Helm.TemplateAsync(Committed, given);

        Assert.Empty(objects.SelectMany(schemas.Check));
        Assert.Contains(objects, item => (string?)item["kind"] == "Job" && ((string)item["metadata"]!["name"]!).Contains("training", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gpu_limit_autoscalers_and_training_job_are_in_it()
    {
        var objects = await Helm.TemplateAsync(Committed);

        var scorer = Assert.Single(objects, item => (string?)item["kind"] == "Deployment" && (string?)item["metadata"]!["name"] == "rel-mlkit-scorer");
        Assert.Equal("1", (string?)scorer["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["limits"]!["nvidia.com/gpu"]);
        var scaled = objects.Where(item => (string?)item["kind"] == "HorizontalPodAutoscaler").ToList();
        Assert.All(scaled, item => Assert.Equal("autoscaling/v2", (string?)item["apiVersion"]));
        Assert.Equal(["rel-mlkit-recommendations", "rel-mlkit-scorer"], scaled.Select(item => (string?)item["metadata"]!["name"]).Order());
    }

    [Theory]
    [InlineData("s3", "s3://mlkit/feedback-events")]
    [InlineData("volume", "/var/lib/feedback")]
    public async Task Feedback_goes_where_the_next_training_reads_it(string kind, string location)
    {
        var objects = await Helm.TemplateAsync(Committed, "--set", $"storage.kind={kind}");

        foreach (var name in (string[])["recommendations", "training"])
        {
            var config = Assert.Single(objects, item => (string?)item["metadata"]!["name"] == $"rel-mlkit-{name}-config")["data"]!;
            Assert.Equal(location, (string?)config["MLKIT__DATA__EVENTS"]);
        }

        Assert.Equal(kind == "volume", objects.Exists(item => (string?)item["metadata"]!["name"] == "rel-mlkit-feedback-events"));
    }

    [Fact]
    public async Task The_scorer_requires_the_gate_and_its_serving_container_never_sees_the_signing_key()
    {
        var objects = await Helm.TemplateAsync(Committed);

        var config = Assert.Single(objects, item => (string?)item["metadata"]!["name"] == "rel-mlkit-scorer-config")["data"]!;
        Assert.Equal("true", (string?)config["MLKIT__SCORER__REQUIREGATE"]);
        var file = (string)config["MLKIT__SCORER__GATE__PUBLICKEY"]!;
        var pod = Assert.Single(objects, item => (string?)item["kind"] == "Deployment" && (string?)item["metadata"]!["name"] == "rel-mlkit-scorer")["spec"]!["template"]!["spec"]!;
        var serving = pod["containers"]![0]!;
        var maker = Assert.Single(pod["initContainers"]!.AsArray(), container => (string?)container!["name"] == "gate-key")!;
        Assert.Equal(["--write-gate-key", file], maker["args"]!.AsArray().Select(argument => (string?)argument));
        Assert.Equal((string?)serving["image"], (string?)maker["image"]);
        var secrets = pod["volumes"]!.AsArray().Where(volume => volume!["projected"] is not null).Select(volume => (string?)volume!["name"]).ToList();
        Assert.NotEmpty(secrets);
        Assert.Empty(secrets.Intersect(serving["volumeMounts"]!.AsArray().Select(mount => (string?)mount!["name"])));
        var training = Assert.Single(objects, item => (string?)item["metadata"]!["name"] == "rel-mlkit-training-secrets");
        Assert.Equal(32, ((string?)training["stringData"]!["MLKIT__GATE__SIGNINGKEY"])!.Length);
    }

    [Fact]
    public async Task An_unknown_step_ends_with_exit_code_1_and_says_which_are_known()
    {
        var (code, output) = await PublishAsync("pubish", _folder);

        Assert.Equal(1, code);
        Assert.Contains("Unknown pipeline step 'pubish'", output, StringComparison.Ordinal);
        Assert.Contains("publish-k8s", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task An_output_path_that_cannot_be_written_ends_with_exit_code_1_and_names_it()
    {
        var file = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        var (code, output) = await PublishAsync("publish", file);

        Assert.Equal(1, code);
        Assert.Contains(file, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_check_of_other_manifests_prints_a_list_and_ends_with_exit_code_1_where_something_is_wrong()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "a.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {prots: []}\n", TestContext.Current.CancellationToken);

        var (code, output) = await RunAsync("--step", "check", "--manifests", _folder, "--json");

        Assert.Equal(1, code);
        var problem = Assert.Single(JsonNode.Parse(output.Split('\n')[0])!.AsArray())!.AsObject();
        Assert.Equal(["file", "object", "path", "rule", "severity", "message"], problem.Select(field => field.Key));
        Assert.Equal(["a.yaml", "Service/web", "spec.prots", "schema", "error"], problem.Take(5).Select(field => (string?)field.Value));
        Assert.Equal((0, "[]"), await CheckAsync(Path.Combine(Deploy, "manifests")));
    }

    private static async Task<(int Code, string Output)> CheckAsync(string folder)
    {
        var (code, output) = await RunAsync("--step", "check", "--manifests", folder, "--json");
        return (code, output.Trim());
    }

    private static Task<(int Code, string Output)> PublishAsync(string step, string folder) => RunAsync("--step", step, "--output-path", folder);

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        // bin/CONFIGURATION/FRAMEWORK of the tests is that of the AppHost as well.
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(Repository.Root, "AppHost", "bin", framework.Parent!.Name, framework.Name, "AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--operation", "publish", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }

    private static bool Same(string left, string right) =>
        File.Exists(right) && File.ReadAllText(left) == File.ReadAllText(right).ReplaceLineEndings("\n");
}
