using System.Text.Json.Serialization;
using Google.Protobuf;
using MlKit.Inference.Grpc.Messages;
using MlKit.Mlflow;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Onnx;

namespace MlKit.Scorer.Loading;

/// <summary>What the probe process is to load.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Version number.</param>
/// <param name="Folder">The model's folder.</param>
/// <param name="File">The model file.</param>
/// <param name="Config">The configuration as a protobuf message.</param>
/// <param name="HasBatchSize">The configuration names the batch size.</param>
/// <param name="IsMlflow">The folder has an MLmodel file.</param>
/// <param name="Placement">Where the model runs.</param>
/// <param name="BatchSize">Largest batch where the configuration names none.</param>
internal sealed record ProbeRequest(
    string Name, string Version, string Folder, string File, byte[] Config, bool HasBatchSize, bool IsMlflow, OnnxPlacement Placement, int BatchSize)
{
    public static ProbeRequest Of(ModelSource source, OnnxPlacement placement, int batchSize) => new(
        source.Name, source.Version, source.Folder, source.File, source.Settings.Config.ToByteArray(), source.Settings.HasBatchSize,
        source.Mlflow is not null, placement, batchSize);

    public async Task<ModelSource> ToSourceAsync()
    {
        var settings = new ModelSettings { Config = ModelConfig.Parser.ParseFrom(Config), HasBatchSize = HasBatchSize };
        return new ModelSource(Name, Version, Folder, File, settings) { Mlflow = IsMlflow ? await MlModelFile.ReadAsync(Folder) : null };
    }
}

[JsonSerializable(typeof(ProbeRequest))]
internal sealed partial class ProbeJson : JsonSerializerContext;
