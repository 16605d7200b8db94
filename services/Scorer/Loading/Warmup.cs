using System.Security.Cryptography;
using System.Text.Json;
using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Inference.Rest;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Guard;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Loading;

/// <summary>Runs a model on the inputs that its author gave for it; one that cannot compute them is not served.</summary>
internal static class Warmup
{
    private const string ExampleFile = "input_example.json";
    private const string WarmupFolder = "warmup";

    /// <summary>Runs the example that was logged with a registered model.</summary>
    /// <exception cref="InferenceException">The model failed on an input that it must be able to compute.</exception>
    public static void RunExample(ModelSource source, IModelBackend backend)
    {
        if (source.Mlflow is { HasInputExample: true } && Example(source.Folder, backend.Signature) is { } example)
        {
            Try(backend, example, "the logged input example");
        }
    }

    /// <summary>Runs what <c>model_warmup</c> asks for.</summary>
    /// <exception cref="InferenceException">The model failed on an input that it must be able to compute.</exception>
    public static void RunConfigured(ModelSource source, IModelBackend backend, CompleteConfig complete)
    {
        foreach (var warmup in complete.Config.ModelWarmup)
        {
            var inputs = backend.Signature.Inputs.Select(spec => MadeUp(source, spec, warmup, complete.Config.MaxBatchSize > 0)).ToArray();
            for (var i = 0; i < Math.Max(1, warmup.Count); i++)
            {
                Try(backend, inputs, $"model_warmup '{warmup.Name}'");
            }
        }
    }

    private static void Try(IModelBackend backend, Tensor[] inputs, string what)
    {
        try
        {
            RunTimes times = default;
            backend.Run([inputs], [.. Enumerable.Range(0, backend.Signature.Outputs.Count)], ref times, CancellationToken.None);
        }
        catch (InferenceException error)
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, $"the model cannot compute {what}: {error.Message}", error);
        }
    }

    /// <summary>The tensors of an example that was logged by name, or as a list for the only input; null: it has another form.</summary>
    private static Tensor[]? Example(string folder, ModelSignature signature)
    {
        var file = Path.Combine(folder, ExampleFile);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && signature.Inputs.Count == 1)
            {
                return [NestedJson.Read(signature.Inputs[0].Name, signature.Inputs[0].DataType, root)];
            }

            return root.ValueKind == JsonValueKind.Object && signature.Inputs.All(spec => root.TryGetProperty(spec.Name, out _))
                ? [.. signature.Inputs.Select(spec => NestedJson.Read(spec.Name, spec.DataType, root.GetProperty(spec.Name)))]
                : null;
        }
        catch (Exception error) when (error is JsonException or InferenceException)
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, $"{ExampleFile} does not fit the model: {error.Message}", error);
        }
    }

    private static Tensor MadeUp(ModelSource source, TensorSpec spec, ModelWarmup warmup, bool batched)
    {
        if (!warmup.Inputs.TryGetValue(spec.Name, out var input))
        {
            throw new FormatException($"model_warmup '{warmup.Name}' has no input '{spec.Name}'");
        }

        long[] shape = batched ? [Math.Max(1, warmup.BatchSize), .. input.Dims] : [.. input.Dims];
        if (input.InputDataTypeCase == ModelWarmup.Types.Input.InputDataTypeOneofCase.InputDataFile)
        {
            var file = Path.Combine(source.Folder, WarmupFolder, input.InputDataFile);
            return new Tensor(spec.Name, spec.DataType, [.. shape], File.ReadAllBytes(ModelGuard.Contained(source.Folder, file, $"input_data_file '{input.InputDataFile}'")));
        }

        var zeros = TensorSpec.Zeros(spec.Name, spec.DataType, shape);
        return input.RandomData && spec.DataType is not (TensorDataType.Bytes or TensorDataType.Bool)
            ? new Tensor(spec.Name, spec.DataType, zeros.Shape, Random(zeros, spec.DataType))
            : zeros;
    }

    /// <summary>Numbers from 0 to 1 for floating types, small numbers for integers.</summary>
    private static byte[] Random(Tensor zeros, TensorDataType type) => type switch
    {
        TensorDataType.Fp32 => Tensor.Create<float>("", Values(zeros.Count, value => (float)value), zeros.Count).Data.ToArray(),
        TensorDataType.Fp64 => Tensor.Create<double>("", Values(zeros.Count, value => value), zeros.Count).Data.ToArray(),
        TensorDataType.Fp16 => Tensor.Create<Half>("", Values(zeros.Count, value => (Half)value), zeros.Count).Data.ToArray(),
        _ => RandomIntegers(zeros.Data.Length, type.ElementSize()),
    };

    private static T[] Values<T>(int count, Func<double, T> convert) =>
        [.. Enumerable.Range(0, count).Select(_ => convert(RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20)))];

    private static byte[] RandomIntegers(int bytes, int size)
    {
        var data = new byte[bytes];
        for (var i = 0; i < bytes; i += size)
        {
            data[i] = (byte)RandomNumberGenerator.GetInt32(128);
        }

        return data;
    }
}
