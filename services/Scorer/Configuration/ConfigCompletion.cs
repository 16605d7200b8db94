using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Configuration;

/// <summary>A model's whole configuration and the signature that clients see.</summary>
/// <param name="Config">Complete, without the batch dimension in <c>dims</c>.</param>
/// <param name="Signature">With the batch dimension, in the shapes that clients see.</param>
/// <param name="Reshapes">The tensors whose shape in the model is another one.</param>
internal sealed record CompleteConfig(ModelConfig Config, ModelSignature Signature, TensorReshapes Reshapes);

/// <summary>Adds to a configuration what follows from the model, and refuses one that contradicts it.</summary>
internal static class ConfigCompletion
{
    /// <param name="name">Name of the model.</param>
    /// <param name="settings">What is configured.</param>
    /// <param name="signature">What the model itself says.</param>
    /// <param name="platform">For example <c>onnxruntime_onnx</c>.</param>
    /// <param name="batchable">Every input and output begins with a dimension of any size.</param>
    /// <param name="batchSize">Largest batch of a batchable model whose configuration names none.</param>
    /// <exception cref="FormatException">Configuration and model contradict each other; the message says where.</exception>
    public static CompleteConfig Complete(
        string name, ModelSettings settings, ModelSignature signature, string platform, bool batchable, int batchSize)
    {
        var config = settings.Config.Clone();
        Check(config, name, platform);
        config.Name = name;
        config.Platform = platform;
        config.Backend = BackendOf(platform);
        config.VersionPolicy ??= new ModelVersionPolicy { Latest = new ModelVersionPolicy.Types.Latest { NumVersions = 1 } };
        config.MaxBatchSize = settings.HasBatchSize ? config.MaxBatchSize : batchable && LeavesBatchOut(config, signature) ? batchSize : 0;
        var reshapedInputs = new Dictionary<string, TensorReshape>(StringComparer.Ordinal);
        var reshapedOutputs = new Dictionary<string, TensorReshape>(StringComparer.Ordinal);
        var inputs = signature.Inputs.Select(spec => Join(spec, Input(config, spec, config.MaxBatchSize), config.MaxBatchSize, reshapedInputs)).ToList();
        var outputs = signature.Outputs.Select(spec => Join(spec, Output(config, spec, config.MaxBatchSize), config.MaxBatchSize, reshapedOutputs)).ToList();
        CheckNames("input", config.Input.Select(input => input.Name), signature.Inputs);
        CheckNames("output", config.Output.Select(output => output.Name), signature.Outputs);
        return new CompleteConfig(config, new ModelSignature(inputs, outputs), new TensorReshapes(reshapedInputs, reshapedOutputs));
    }

    private static void Check(ModelConfig config, string name, string platform)
    {
        if (config.Name is { Length: > 0 } given && given != name)
        {
            throw new FormatException($"name is '{given}'; allowed: '{name}', the name of the folder");
        }

        if (config.Platform is { Length: > 0 } other && other != platform)
        {
            throw new FormatException($"platform is '{other}'; the model file is {platform}");
        }

        if (config.Backend is { Length: > 0 } backend && backend != BackendOf(platform))
        {
            throw new FormatException($"backend is '{backend}'; allowed: '{BackendOf(platform)}', which runs the model file");
        }
    }

    private static string BackendOf(string platform) => platform.Split('_')[0];

    /// <summary>Whether the dimensions that are configured leave that of the batch out. Written in full they say that there are no batches.</summary>
    private static bool LeavesBatchOut(ModelConfig config, ModelSignature signature) =>
        config.Input.All(input => LeavesBatchOut(input.Name, input.Dims, input.Reshape, signature.Inputs))
        && config.Output.All(output => LeavesBatchOut(output.Name, output.Dims, output.Reshape, signature.Outputs));

    private static bool LeavesBatchOut(string name, IList<long> dims, ModelTensorReshape? reshape, IReadOnlyList<TensorSpec> specs)
    {
        var rank = reshape?.Shape.Count ?? (dims.Count > 0 ? dims.Count : null);
        return rank is null || specs.FirstOrDefault(spec => spec.Name == name) is not { } spec || rank == spec.Shape.Length - 1;
    }

    private static GivenTensor Input(ModelConfig config, TensorSpec spec, int batch)
    {
        var input = config.Input.FirstOrDefault(one => one.Name == spec.Name);
        if (input is null)
        {
            input = new ModelInput { Name = spec.Name, Optional = spec.IsOptional };
            config.Input.Add(input);
        }

        input.DataType = input.DataType == DataType.TypeInvalid ? TypeOf(spec) : input.DataType;
        AddDims(input.Dims, input.Reshape, spec, batch);

        return new(input.DataType, input.Dims, input.Reshape?.Shape, input.Optional || spec.IsOptional);
    }

    private static GivenTensor Output(ModelConfig config, TensorSpec spec, int batch)
    {
        var output = config.Output.FirstOrDefault(one => one.Name == spec.Name);
        if (output is null)
        {
            output = new ModelOutput { Name = spec.Name };
            config.Output.Add(output);
        }

        output.DataType = output.DataType == DataType.TypeInvalid ? TypeOf(spec) : output.DataType;
        AddDims(output.Dims, output.Reshape, spec, batch);

        return new(output.DataType, output.Dims, output.Reshape?.Shape, false);
    }

    private static void AddDims(Google.Protobuf.Collections.RepeatedField<long> dims, ModelTensorReshape? reshape, TensorSpec spec, int batch)
    {
        if (dims.Count == 0 && reshape is null)
        {
            dims.Add(batch > 0 ? spec.Shape.Skip(1) : spec.Shape);
        }
    }

    /// <summary>The tensor as configured, where that does not contradict the model.</summary>
    private static TensorSpec Join(TensorSpec spec, GivenTensor given, int batch, Dictionary<string, TensorReshape> reshapes)
    {
        if (given.Type != TypeOf(spec))
        {
            throw new FormatException($"'{spec.Name}' is configured as {given.Type}, the model has {TypeOf(spec)}");
        }

        if (batch > 0 && (spec.Shape.Length == 0 || !(spec.Shape[0] == -1 || (spec.Shape[0] == 1 && batch == 1))))
        {
            throw new FormatException($"max_batch_size is {batch}, but '{spec.Name}' has shape {TensorShape.Format(spec.Shape)} without a batch dimension");
        }

        long[] clients = batch > 0 ? [-1, .. given.Dims] : [.. given.Dims];
        var shape = clients;
        if (given.Reshape is { } reshape)
        {
            shape = batch > 0 ? [-1, .. reshape] : [.. reshape];
            reshapes[spec.Name] = new TensorReshape(spec.Name, clients, shape);
        }

        var fits = shape.Length == spec.Shape.Length;
        for (var i = batch > 0 ? 1 : 0; fits && i < shape.Length; i++)
        {
            fits = shape[i] == spec.Shape[i] || spec.Shape[i] < 0 || shape[i] < 0;
        }

        return fits
            ? spec with { Shape = clients, IsOptional = given.Optional }
            : throw new FormatException($"'{spec.Name}' is configured with shape {TensorShape.Format(shape)}, the model has {TensorShape.Format(spec.Shape)}");
    }

    private static void CheckNames(string kind, IEnumerable<string> configured, IReadOnlyList<TensorSpec> specs)
    {
        foreach (var name in configured)
        {
            if (!specs.Any(spec => spec.Name == name))
            {
                throw new FormatException($"{kind} '{name}' is configured, the model has {string.Join(", ", specs.Select(spec => $"'{spec.Name}'"))}");
            }
        }
    }

    /// <summary>An input or output as it is configured; <c>Reshape</c>: its dimensions in the model, where they are others.</summary>
    private readonly record struct GivenTensor(DataType Type, IList<long> Dims, IList<long>? Reshape, bool Optional);

    private static DataType TypeOf(TensorSpec spec) => spec.DataType == TensorDataType.Bytes ? DataType.TypeString : Enum.Parse<DataType>($"Type{spec.DataType}", ignoreCase: true);
}
