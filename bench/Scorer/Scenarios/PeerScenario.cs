using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>The same models, bodies and connections behind Node (fastify and onnxruntime-node) and behind the scorer.</summary>
internal static class PeerScenario
{
    private const int Connections = 8;

    public static async Task RunAsync()
    {
        using var models = new Models();
        models.AddNetwork("mlp", 512, 1000, "max_batch_size: 32");
        var cases = new List<(string Label, string Model, string Input, long[] Shape)> { ("network of about 1 ms", "mlp", "x", [1, 20]) };
        if (models.AddShared("tabular-xgboost-regressor", "tree") is not null && models.AddShared("vision-mnist-cnn", "mnist") is not null)
        {
            cases = [("small tree", "tree", "X", [1, 4]), ("mnist", "mnist", "Input3", [1, 1, 28, 28]), .. cases];
        }

        File.Copy(Path.Combine(models.Folder, "mlp", "model.onnx"), models.Write("batched", []), overwrite: true);
        File.WriteAllText(Path.Combine(models.Folder, "batched", "config.pbtxt"), "max_batch_size: 32 dynamic_batching { } instance_group { count: 1 }");
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        using var node = await NodeAsync(models.Folder);
        var (_, first, firstInput, firstShape) = cases[0];
        var warm = Request(first, firstInput, firstShape, false);
        foreach (var server in new[] { node, scorer })
        {
            LoadRunner.Run(() => new HttpConnection(server.Port, () => warm), Connections, 4);
        }

        Table.Head($"Peers: {Connections} connections, load generator on the same processors", "model", "body", "server", "requests/s", "ratio to Node", "us of CPU", "p99 ms");
        foreach (var (label, model, input, shape) in cases)
        {
            foreach (var binary in new[] { false, true })
            {
                var body = binary ? "binary" : "JSON";
                var before = Measure(label, body, "Node", node, Request(model, input, shape, binary), 0);
                Measure(label, body, "MlKit", scorer, Request(model, input, shape, binary), before);
                if (model == "mlp")
                {
                    var many = Measure(label, body, "Node, 32 connections", node, Request(model, input, shape, binary), 0, 32);
                    Measure(label, body, "MlKit, dynamic batching, 32 connections", scorer, Request("batched", input, shape, binary), many, 32);
                }
            }
        }
    }

    private static double Measure(string label, string body, string name, ServerProcess server, byte[] request, double before, int connections = Connections)
    {
        LoadRunner.Run(() => new HttpConnection(server.Port, () => request), connections, 1);
        var time = server.ProcessorTime;
        var result = LoadRunner.Run(() => new HttpConnection(server.Port, () => request), connections, 3);
        var cpu = (server.ProcessorTime - time).TotalMicroseconds / Math.Max(1, result.Good);
        var refused = result.Refused > 0 ? $" ({result.Refused} refused)" : "";
        Table.Row(label, body, name, $"{result.PerSecond:0}{refused}", before == 0 ? "1.00" : $"{result.PerSecond / before:0.00}", $"{cpu:0}", $"{result.P99:0.00}");
        return result.PerSecond;
    }

    private static async Task<ServerProcess> NodeAsync(string models)
    {
        var folder = Path.Combine(ServerProcess.Root(), "bench", "peers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Process.Start(new ProcessStartInfo("npm") { ArgumentList = { "ci", "--silent" }, WorkingDirectory = folder })!;
            await install.WaitForExitAsync();
        }

        var start = new ProcessStartInfo("node") { ArgumentList = { "server.js" }, WorkingDirectory = folder };
        start.Environment["MODELS"] = models;
        return await ServerProcess.OtherAsync(start, "/ready");
    }

    private static byte[] Request(string model, string input, long[] shape, bool binary)
    {
        var values = new float[shape.Aggregate(1L, (product, dimension) => product * dimension)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i % 10 / 10f;
        }

        var head = $$"""{"inputs":[{"name":"{{input}}","datatype":"FP32","shape":[{{string.Join(',', shape)}}],""";
        if (!binary)
        {
            var data = string.Join(',', values.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return HttpConnection.Request($"/v2/models/{model}/infer", Encoding.UTF8.GetBytes($$"""{{head}}"data":[{{data}}]}]}"""));
        }

        var json = Encoding.UTF8.GetBytes($$$"""{{{head}}}"parameters":{"binary_data_size":{{{values.Length * 4}}}}}],"parameters":{"binary_data_output":true}}""");
        return HttpConnection.Request($"/v2/models/{model}/infer", [.. json, .. MemoryMarshal.AsBytes(values.AsSpan())], json.Length);
    }
}
