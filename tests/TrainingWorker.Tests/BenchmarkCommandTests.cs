using System.Text.Json;
using MlKit.Tests;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

public sealed class BenchmarkCommandTests
{
    [Fact]
    public async Task On_MovieLens_100K_the_pipeline_beats_popularity_and_no_stage_makes_it_worse()
    {
        var data = SharedMaterial.Require("data", "movielens-100k");

        var (exitCode, output) = await RunAsync("--data", data, "--protocol", "latest-out", "--json");

        Assert.True(exitCode == 0, output);
        using var answer = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)]);
        var root = answer.RootElement;
        Assert.Equal("latest-out", root.GetProperty("protocol").GetString());
        Assert.Equal(943, root.GetProperty("users").GetInt32());
        var stages = root.GetProperty("stages");
        Assert.True(Ndcg(stages.GetProperty("popularity")) > 0.03, output);
        Assert.True(root.GetProperty("metrics").GetProperty("hr@10").GetDouble() > 0.2, output);
        Assert.True(Ndcg(root.GetProperty("metrics")) > 0.12, output);
        Assert.True(Ndcg(root.GetProperty("metrics")) >= Ndcg(stages.GetProperty("retrieval")), output);
        Assert.True(Ndcg(stages.GetProperty("retrieval")) > Ndcg(stages.GetProperty("ease")), output);
    }

    [Theory]
    [InlineData("--data is missing", "--protocol", "latest-out")]
    [InlineData("protocol 'random' is not known", "--data", "x", "--protocol", "random")]
    [InlineData("'--jsn' is not understood", "--data", "x", "--jsn")]
    [InlineData("does not exist", "--data", "/no/such/data", "--protocol", "latest-out")]
    public async Task Wrong_arguments_are_named(string reason, params string[] args)
    {
        var (exitCode, output) = await RunAsync(args);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    private static double Ndcg(JsonElement metrics) => metrics.GetProperty("ndcg@10").GetDouble();

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] args)
    {
        await using var process = ServiceProcess.Start("TrainingWorker", new Dictionary<string, string>(), [.. args.Prepend("benchmark")]);
        return (await process.EndAsync(), process.Output);
    }
}
