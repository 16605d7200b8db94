using System.Diagnostics;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

/// <summary>The real tritonclient (HTTP, gRPC and their asyncio forms) against every shared model.</summary>
public sealed class TritonClientTests
{
    private const string Adder = "adder";

    [Fact]
    public async Task The_real_client_finds_everything_as_at_its_own_server()
    {
        var models = SharedMaterial.Require("models");
        var python = Path.Combine(Repository.Root, ".tools", "python-inference", "bin", "python");
        Assert.SkipUnless(File.Exists(python), "tritonclient is not installed; run tests/tools/get-inference-clients.sh");
        using var repository = new TemporaryFolder();
        using var state = new TemporaryFolder();
        var absent = Fill(repository, models);
        await using var scorer = await RunningScorer.ServeAsync(repository.Path, state.Path);

        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(Repository.Root, "tests", "Clients", "inference", "check.py"), "--http", scorer.Http.BaseAddress!.Authority,
            "--grpc", scorer.GrpcAddress.Authority, "--models", models, "--adder", Adder, .. absent.Prepend("--absent"),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{output}{Environment.NewLine}{await errors}");
        Assert.Contains("checks passed", output);
    }

    /// <summary>Copies the models that load here, and returns the others.</summary>
    private static List<string> Fill(TemporaryFolder repository, string models)
    {
        repository.Write($"{Adder}/1/model.onnx", OnnxFile.Adder(1));
        var absent = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories(models))
        {
            var name = Path.GetFileName(folder);
            if (name == SharedModels.NeedsLocale && !SharedModels.HasLocale)
            {
                absent.Add(name);
            }
            else
            {
                repository.Write($"{name}/model.onnx", File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
            }
        }

        return absent;
    }
}
