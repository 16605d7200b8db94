using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlKit.Features;

namespace MlKit.TrainingWorker.Judging;

/// <summary>An exported retrieval model, asked as the scorer asks it.</summary>
internal sealed class OnnxRetrieval : IDisposable
{
    private readonly InferenceSession _session;
    private readonly bool _numbers;

    public OnnxRetrieval(byte[] onnx)
    {
        _session = new InferenceSession(onnx);
        _numbers = _session.InputMetadata["item_ids"].ElementDataType == TensorElementType.Int64;
        var metadata = _session.ModelMetadata.CustomMetadataMap;
        Components = metadata.TryGetValue("mlkit.components", out var names) ? names.Split(',') : [];
    }

    /// <summary>Names of the columns of the components.</summary>
    public IReadOnlyList<string> Components { get; }

    /// <summary>Best first; items of the history come last with a score near the smallest float.</summary>
    /// <param name="history">Raw item ids, newest first.</param>
    /// <param name="count">How many items are wanted.</param>
    public Candidate[] Find(IReadOnlyList<string> history, int count)
    {
        using var answer = _session.Run(
        [
            Ids(history),
            NamedOnnxValue.CreateFromTensor("weights", new DenseTensor<float>(History.Weights(history.Count), [1, history.Count])),
            NamedOnnxValue.CreateFromTensor("k", new DenseTensor<long>(new long[] { count }, [1])),
        ]);
        var scores = answer.First(one => one.Name == "scores").AsTensor<float>().ToArray();
        var components = answer.First(one => one.Name == "components").AsTensor<float>().ToArray();
        var ids = answer.First(one => one.Name == "candidate_ids");
        string[] names = _numbers
            ? [.. ids.AsTensor<long>().Select(id => id.ToString(CultureInfo.InvariantCulture))]
            : [.. ids.AsTensor<string>()];
        var width = names.Length == 0 ? 0 : components.Length / names.Length;
        return [.. names.Select((id, at) => new Candidate(id, scores[at], components.AsMemory(at * width, width)))];
    }

    public void Dispose() => _session.Dispose();

    private NamedOnnxValue Ids(IReadOnlyList<string> history) => _numbers
        ? NamedOnnxValue.CreateFromTensor("item_ids", new DenseTensor<long>(
            history.Select(id => long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : long.MinValue).ToArray(), [1, history.Count]))
        : NamedOnnxValue.CreateFromTensor("item_ids", new DenseTensor<string>(history.ToArray(), [1, history.Count]));
}
