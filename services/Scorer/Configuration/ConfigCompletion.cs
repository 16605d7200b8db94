using MlKit.Inference;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Configuration;

/// <summary>A model's whole configuration and the signature that clients see.</summary>
/// <param name="Config">Complete, without the batch dimension in <c>dims</c>.</param>
/// <param name="Signature">With the batch dimension.</param>
internal sealed record CompleteConfig(ModelConfig Config, ModelSignature Signature);

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
        config.Backend = platform.Split('_')[0];
        config.VersionPolicy ??= new ModelVersionPolicy { Latest = new ModelVersionPolicy.Types.Latest { NumVersions = 1 } };
        config.MaxBatchSize = settings.HasBatchSize ? config.MaxBatchSize : batchable ? batchSize : 0;
        var inputs = signature.Inputs.Select(spec => Join(spec, Input(config, spec, config.MaxBatchSize), config.MaxBatchSize)).ToList();
        var outputs = signature.Outputs.Select(spec => Join(spec, Output(config, spec, config.MaxBatchSize), config.MaxBatchSize)).ToList();
        CheckNames("input", config.Input.Select(input => input.Name), signature.Inputs);
        CheckNames("output", config.Output.Select(output => output.Name), signature.Outputs);
        return new CompleteConfig(config, new ModelSignature(inputs, outputs));
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
    }

    private static (DataType Type, IList<long> Dims, bool Optional) Input(ModelConfig config, TensorSpec spec, int batch)
    {
        var input = config.Input.FirstOrDefault(one => one.Name == spec.Name);
        if (input is null)
        {
            input = new ModelInput { Name = spec.Name, DataType = TypeOf(spec), Dims = { Dims(spec, batch) }, Optional = spec.IsOptional };
            config.Input.Add(input);
        }

        return (input.DataType, input.Dims, input.Optional || spec.IsOptional);
    }

    private static (DataType Type, IList<long> Dims, bool Optional) Output(ModelConfig config, TensorSpec spec, int batch)
    {
        var output = config.Output.FirstOrDefault(one => one.Name == spec.Name);
        if (output is null)
        {
            output = new ModelOutput { Name = spec.Name, DataType = TypeOf(spec), Dims = { Dims(spec, batch) } };
            config.Output.Add(output);
        }

        return (output.DataType, output.Dims, false);
    }

    private static IEnumerable<long> Dims(TensorSpec spec, int batch) => batch > 0 ? spec.Shape.Skip(1) : spec.Shape;

    /// <summary>The tensor as configured, where that does not contradict the model.</summary>
    private static TensorSpec Join(TensorSpec spec, (DataType Type, IList<long> Dims, bool Optional) given, int batch)
    {
        if (given.Type != TypeOf(spec))
        {
            throw new FormatException($"'{spec.Name}' is configured as {given.Type}, the model has {TypeOf(spec)}");
        }

        if (batch > 0 && (spec.Shape.Length == 0 || !(spec.Shape[0] == -1 || (spec.Shape[0] == 1 && batch == 1))))
        {
            throw new FormatException($"max_batch_size is {batch}, but '{spec.Name}' has shape {TensorShape.Format(spec.Shape)} without a batch dimension");
        }

        long[] shape = batch > 0 ? [-1, .. given.Dims] : [.. given.Dims];
        var fits = shape.Length == spec.Shape.Length;
        for (var i = batch > 0 ? 1 : 0; fits && i < shape.Length; i++)
        {
            fits = shape[i] == spec.Shape[i] || spec.Shape[i] < 0 || shape[i] < 0;
        }

        return fits
            ? spec with { Shape = shape, IsOptional = given.Optional }
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

    private static DataType TypeOf(TensorSpec spec) => spec.DataType == TensorDataType.Bytes ? DataType.TypeString : Enum.Parse<DataType>($"Type{spec.DataType}", ignoreCase: true);
}
