using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;
using MlKit.Inference;
using MlKit.Inference.Grpc;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Bench.Scorer;

/// <summary>The models that are measured, the requests to them, and how fast they are without a server.</summary>
internal sealed class Models : IDisposable
{
    private const int Features = 20;
    private static readonly float[] Row = [.. Enumerable.Range(0, Features).Select(i => (i * 0.37f) - 3.21f)];

    public string Folder { get; } = Directory.CreateTempSubdirectory("mlkit-models-").FullName;

    /// <summary>Writes a network of 20 features whose run takes about so many microseconds.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="width">Width of its layers.</param>
    /// <param name="microseconds">Time of one run on one thread; 0: as fast as it gets.</param>
    /// <param name="config">Its configuration.</param>
    /// <returns>Runs per second on one thread.</returns>
    public double AddNetwork(string name, int width, double microseconds, string config = "")
    {
        var layers = 1;
        var rate = WriteNetwork(name, width, layers, config);
        if (microseconds > 0)
        {
            var one = 1e6 / rate;
            var two = 1e6 / WriteNetwork(name, width, 2, config);
            layers = Math.Max(1, 1 + (int)Math.Round((microseconds - one) / Math.Max(1, two - one)));
            rate = WriteNetwork(name, width, layers, config);
        }

        return rate;
    }

    /// <summary>Copies a model of the shared material.</summary>
    public string? AddShared(string shared, string name, string config = "")
    {
        var root = Environment.GetEnvironmentVariable("MLKIT_SHARED") ?? Path.Combine(ServerProcess.Root(), "..", "shared");
        var file = Path.Combine(root, "models", shared, "model.onnx");
        return File.Exists(file) ? Write(name, File.ReadAllBytes(file), config) : null;
    }

    public string Write(string name, byte[] onnx, string config = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "config.pbtxt"), config);
        var file = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(file, onnx);
        return file;
    }

    /// <summary>Runs per second of a bare session on one thread, inputs made once.</summary>
    public static double RawRate(string file, string input, float[] values, long[] shape)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(file, options);
        using var value = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var run = new RunOptions();
        string[] outputs = [.. session.OutputNames];
        for (var i = 0; i < 200; i++)
        {
            session.Run(run, [input], [value], outputs).Dispose();
        }

        var clock = Stopwatch.StartNew();
        var runs = 0;
        while (clock.ElapsedMilliseconds < 1000)
        {
            session.Run(run, [input], [value], outputs).Dispose();
            runs++;
        }

        return runs / clock.Elapsed.TotalSeconds;
    }

    public static byte[] JsonRequest(string model) => HttpConnection.Request($"/v2/models/{model}/infer", Encoding.UTF8.GetBytes(
        $$"""{"inputs":[{"name":"x","datatype":"FP32","shape":[1,{{Features}}],"data":[{{string.Join(',', Row.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)))}}]}]}"""));

    public static byte[] BinaryRequest(string model)
    {
        var json = Encoding.UTF8.GetBytes(
            $$$"""{"inputs":[{"name":"x","datatype":"FP32","shape":[1,{{{Features}}}],"parameters":{"binary_data_size":{{{Features * 4}}}}}],"parameters":{"binary_data_output":true}}""");
        return HttpConnection.Request($"/v2/models/{model}/infer", [.. json, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(Row.AsSpan())], json.Length);
    }

    public static byte[] GrpcRequest(string model) =>
        GrpcMessages.FromRequest(new InferRequest { ModelName = model, Inputs = [Tensor.Create<float>("x", Row, 1, Features)] }).ToByteArray();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private double WriteNetwork(string name, int width, int layers, string config) =>
        RawRate(Write(name, OnnxFile.Network(Features, width, layers), config), "x", Row, [1, Features]);
}
