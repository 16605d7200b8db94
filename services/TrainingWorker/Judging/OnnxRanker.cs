using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlKit.Features;

namespace MlKit.TrainingWorker.Judging;

/// <summary>An exported ranking model, asked as the scorer asks it.</summary>
internal sealed class OnnxRanker : IDisposable
{
    private readonly InferenceSession _session;

    /// <exception cref="FormatException">The model reads columns that are not known here.</exception>
    public OnnxRanker(byte[] onnx)
    {
        _session = new InferenceSession(onnx);
        var metadata = _session.ModelMetadata.CustomMetadataMap;
        Schema = RankingSchema.Parse(metadata.TryGetValue("mlkit.features", out var names) ? names : "");
        SchemaHash = metadata.TryGetValue("mlkit.feature_schema_hash", out var hash) ? hash : "";
    }

    /// <summary>The columns that it reads.</summary>
    public RankingSchema Schema { get; }

    /// <summary>The hash of the columns that the file itself names; serving refuses a file whose hash is not that of its columns.</summary>
    public string SchemaHash { get; }

    /// <summary>One score per row.</summary>
    /// <param name="rows">Row-major [rows, width of the schema].</param>
    public float[] Score(float[] rows)
    {
        using var answer = _session.Run(
            [NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(rows, [rows.Length / Schema.Width, Schema.Width]))]);
        return answer.Single().AsTensor<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();
}
