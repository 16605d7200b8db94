using System.Globalization;
using System.Text;
using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>A hundred reloads while requests come: every answer must be whole and of one version.</summary>
internal static class ReloadScenario
{
    private const int Reloads = 100;

    public static async Task RunAsync()
    {
        using var models = new Models();
        models.Write("adder", OnnxFile.Adder(1));
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        var request = HttpConnection.Request("/v2/models/adder/infer", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[1000,2000]}]}"""u8);
        LoadRunner.Run(() => new HttpConnection(scorer.Port, () => request, IsWhole), 8, 3);
        for (var i = 0; i < 5; i++)
        {
            await ReloadAsync(scorer, models, 1 + (i % 3));
        }

        LoadRunner.Run(() => new HttpConnection(scorer.Port, () => request, IsWhole), 8, 5);
        var before = scorer.Memory;
        var load = Task.Run(() => LoadRunner.Run(() => new HttpConnection(scorer.Port, () => request, IsWhole), 8, 30));
        var reloads = 0;
        while (reloads < Reloads && !load.IsCompleted)
        {
            await ReloadAsync(scorer, models, 2 + (reloads++ % 2));
        }

        var result = await load;
        // As before: memory after a while of load without reloads.
        LoadRunner.Run(() => new HttpConnection(scorer.Port, () => request, IsWhole), 8, 5);
        Table.Head("Hot reloads under load", "reloads", "answers", "lost, doubled or mixed", "memory after / before");
        Table.Row($"{reloads}", $"{result.Good}", $"{result.Refused}", $"{scorer.Memory / (double)before:0.00}");
    }

    private static async Task ReloadAsync(ServerProcess scorer, Models models, int addend)
    {
        var file = Path.Combine(models.Folder, "adder", "model.onnx");
        await File.WriteAllBytesAsync(file + ".new", OnnxFile.Adder(addend));
        File.Move(file + ".new", file, overwrite: true);
        using var response = await scorer.Http.PostAsync("/v2/repository/models/adder/load", null);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"the reload was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Both elements were made by the same version.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        var data = text[(text.IndexOf("\"data\":[", StringComparison.Ordinal) + 8)..].TrimEnd(']', '}').Split(',');
        var (first, second) = (float.Parse(data[0], CultureInfo.InvariantCulture) - 1000, float.Parse(data[1], CultureInfo.InvariantCulture) - 2000);
        return first == second && first is 1 or 2 or 3;
    }
}
