using System.Globalization;
using System.Text;
using MlKit.Mlflow;

namespace MlKit.Tests.Browser;

/// <summary>What a team would have on its server after some weeks.</summary>
public sealed class SampleRuns
{
    public const string ManyExperiment = "many";
    public const int Many = 1200;

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static readonly string[] Optimizers = ["adam", "sgd", "lion"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public required string Experiment { get; init; }

    public required string ManyId { get; init; }

    public required IReadOnlyList<Run> Runs { get; init; }

    public required LoggedModel Model { get; init; }

    public Run First => Runs[0];

    public string RunPage => $"experiments/{Experiment}/runs/{First.Info.RunId}";

    public string CompareRunsPage => $"compare-runs?runs=[{string.Join(',', Runs.Select(run => $"\"{run.Info.RunId}\""))}]&experiments=[\"{Experiment}\"]";

    public static async Task<SampleRuns> CreateAsync(MlflowClient client)
    {
        var experiment = await client.CreateExperimentAsync("ranking", [new Tag("team", "recommendations")], Stop);
        await client.SetExperimentTagAsync(experiment, "mlflow.note.content", "**Rankers** for the shop, see [docs](https://example.com).", Stop);
        var runs = new List<Run>();
        for (var i = 0; i < 4; i++)
        {
            runs.Add(await TrainAsync(client, experiment, i, i == 3 ? runs[0] : null));
        }

        var model = await RegisterAsync(client, experiment, runs[0]);
        var many = await client.CreateExperimentAsync(ManyExperiment, null, Stop);
        await Parallel.ForEachAsync(Enumerable.Range(0, Many), Stop, async (i, stop) =>
        {
            var run = await client.CreateRunAsync(many, string.Create(CultureInfo.InvariantCulture, $"run-{i:0000}"), cancellationToken: stop);
            await client.LogBatchAsync(
                run.Info.RunId, [new Metric("loss", (i * 7919 % 10007) / 10007.0, 1_700_000_000_000 + i)],
                [new Param("depth", (i % 9).ToString(CultureInfo.InvariantCulture)), new Param("index", i.ToString(CultureInfo.InvariantCulture))],
                cancellationToken: stop);
        });
        return new SampleRuns { Experiment = experiment, ManyId = many, Runs = runs, Model = model };
    }

    private static async Task<Run> TrainAsync(MlflowClient client, string experiment, int number, Run? parent)
    {
        var tags = parent is null ? new List<Tag>() : [new Tag("mlflow.parentRunId", parent.Info.RunId)];
        var run = await client.CreateRunAsync(experiment, $"ranker-{number}", tags, Stop);
        var id = run.Info.RunId;
        var start = 1_700_000_000_000L + (number * 60_000L);
        var metrics = Enumerable.Range(0, 200).SelectMany(step => (Metric[])
        [
            new("train/loss", (1.0 / (1 + (step * (0.02 + (number * 0.01))))) + (0.02 * Math.Sin(step)), start + (step * 1000), step),
            new("valid/ndcg", 0.4 - (0.3 / (1 + (step * 0.05))) + (number * 0.01), start + (step * 1000), step),
            new("system/cpu_utilization_percentage", 40 + (step % 13), start + (step * 1000), step),
        ]).Append(new Metric("recall_at_10", 0.21 + (number * 0.02), start));
        await client.LogBatchAsync(
            id, [.. metrics],
            [new Param("optimizer", Optimizers[number % 3]), new Param("learning_rate", "0.0" + (number + 1)), new Param("seed", "7")],
            [new Tag("stage", "eval"), new Tag("mlflow.note.content", "First **try**. <script>alert(1)</script> [x](javascript:alert(2))")], Stop);
        await client.LogInputsAsync(
            id, [new DatasetInput(new Dataset("ml-100k", "abc123", "local", "{\"uri\": \"u.data\"}", null, "{\"num_rows\": 100000}"), [new Tag("mlflow.data.context", "training")])],
            null, Stop);
        await UploadAsync(client, id, number);
        if (number < 2)
        {
            await LogImagesAsync(client, id);
        }

        if (number != 2)
        {
            await client.UpdateRunAsync(id, number == 1 ? RunStatus.Failed : RunStatus.Finished, cancellationToken: Stop);
        }

        return await client.GetRunAsync(id, Stop);
    }

    /// <summary>As <c>mlflow.log_image</c> does.</summary>
    private static async Task LogImagesAsync(MlflowClient client, string run)
    {
        foreach (var step in (int[])[0, 5])
        {
            await client.UploadAsync(run, $"images/samples~cat+step+{step}+timestamp+170000000000{step}+6e1f+compressed.webp", new MemoryStream(Png), cancellationToken: Stop);
            await client.UploadAsync(run, $"images/samples~cat+step+{step}+timestamp+170000000000{step}+6e1f.png", new MemoryStream(Png), cancellationToken: Stop);
        }

        await client.SetTagAsync(run, "mlflow.loggedImages", "True", Stop);
    }

    private static async Task UploadAsync(MlflowClient client, string run, int number)
    {
        foreach (var (path, text) in new Dictionary<string, string>
        {
            ["notes/readme.txt"] = "plain words",
            ["notes/a +b.md"] = "# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            ["conf.json"] = "{\"depth\":3,\"layers\":[1,2]}",
            ["table.json"] = $"{{\"columns\":[\"user\",\"score\"],\"data\":[[\"u1\",0.{number + 5}],[\"u2\",0.75]]}}",
            ["data.csv"] = "user,comment\n1,\"a, b\"\n2,\"say \"\"x\"\"\"\n",
            ["paper.pdf"] = "%PDF-1.4\n%%EOF\n",
            ["places.geojson"] = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Berlin"},"geometry":{"type":"Point","coordinates":[13.4,52.5]}},{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[[[13,52],[14,52],[14,53],[13,52]]]}}]}""",
            ["report.html"] = "<h1>Report</h1><script>parent.document.title='owned'</script>",
        })
        {
            await client.UploadAsync(run, path, new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken: Stop);
        }

        await client.UploadAsync(run, "img/dot.png", new MemoryStream(Png), cancellationToken: Stop);
        await client.UploadAsync(run, "model.bin", new MemoryStream([0, 1, 2, 3]), cancellationToken: Stop);
    }

    private static async Task<LoggedModel> RegisterAsync(MlflowClient client, string experiment, Run run)
    {
        var model = await client.LogOnnxModelAsync(
            new OnnxModelLog
            {
                ExperimentId = experiment,
                RunId = run.Info.RunId,
                Name = "ranker",
                Onnx = new byte[] { 8, 8, 1 },
                Signature = new ModelSignature([new TensorSpec("features", "float32", [-1, 4])], [new TensorSpec("scores", "float32", [-1, 1])]),
            },
            Stop);
        await client.RegisterModelAsync("shop-ranker", cancellationToken: Stop);
        await client.CreateModelVersionAsync("shop-ranker", $"models:/{model.Info.ModelId}", description: "the first", cancellationToken: Stop);
        await client.CreateModelVersionAsync("shop-ranker", $"models:/{model.Info.ModelId}", cancellationToken: Stop);
        await client.SetAliasAsync("shop-ranker", "champion", "1", Stop);
        return model;
    }
}
