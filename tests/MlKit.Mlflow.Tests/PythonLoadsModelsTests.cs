using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>The real Python client loads what the C# client wrote.</summary>
public sealed class PythonLoadsModelsTests(TrackingServerFixture server) : IClassFixture<TrackingServerFixture>
{
    private static readonly string Python = Path.Combine(Repository.Root, ".tools", "python-mlflow", "bin", "python");
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "Clients", "mlflow-models", "models.py");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Onnx_and_pyfunc_load_and_run_a_model_with_its_signature_and_example()
    {
        Assert.SkipUnless(File.Exists(Python), "the Python client is not installed; run tests/tools/get-mlflow-client.sh");
        var folder = Directory.CreateTempSubdirectory("mlkit-python-");
        try
        {
            var file = Path.Combine(folder.FullName, "line.onnx");
            await RunAsync(folder.FullName, "make", file);
            var uri = await LogAsync(await File.ReadAllBytesAsync(file, Stop));
            Assert.EndsWith("ok", (await RunAsync(folder.FullName, "load", server.Address.ToString().TrimEnd('/'), uri)).Trim(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> LogAsync(byte[] onnx)
    {
        var client = new MlflowClient(new HttpClient { BaseAddress = server.Address });
        var run = await client.CreateRunAsync("0", "for python", cancellationToken: Stop);
        var model = await client.LogOnnxModelAsync(
            new OnnxModelLog
            {
                ExperimentId = "0",
                RunId = run.Info.RunId,
                Name = "line",
                Onnx = onnx,
                Signature = new ModelSignature([new TensorSpec("x", "float32", [-1, 4])], [new TensorSpec("y", "float32", [-1, 4])]),
                InputExampleJson = """{"x": [[1, 2, 3, 4]]}""",
            },
            Stop);
        await client.RegisterModelAsync("line", cancellationToken: Stop);
        var version = await client.CreateModelVersionAsync("line", $"models:/{model.Info.ModelId}", cancellationToken: Stop);
        await client.SetAliasAsync("line", "champion", version.Version, Stop);
        return "models:/line@champion";
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var result = await Tool.TryRunAsync(
            Python, [Script, .. arguments], folder,
            new Dictionary<string, string> { ["MLFLOW_DISABLE_TELEMETRY"] = "true", ["DO_NOT_TRACK"] = "true" });
        Assert.True(result!.Code == 0, result.Output);
        return result.Output;
    }
}
