using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;

namespace MlKit.Scorer.Onnx;

/// <summary>
/// Inputs and outputs of a session that stay bound from run to run while the shapes stay the same, which they mostly do:
/// then a run copies numbers and makes nothing anew.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="inputNames">All inputs.</param>
/// <param name="outputNames">All outputs.</param>
internal sealed class OnnxBinding(InferenceSession session, string[] inputNames, string[] outputNames) : IDisposable
{
    /// <summary>Larger inputs are not worth the memory that staying bound would hold.</summary>
    private const int MostBytes = 1 << 16;

    private OrtIoBinding? _binding;
    private Tensor[] _bound = [];
    private OrtValue[] _values = [];

    /// <summary>Whether inputs can stay bound: numbers, few of them, and none left out.</summary>
    public static bool Takes(Tensor?[] inputs)
    {
        var bytes = 0L;
        foreach (var input in inputs)
        {
            if (input is null || input.DataType == TensorDataType.Bytes || input.Count == 0)
            {
                return false;
            }

            bytes += input.Data.Length;
        }

        return bytes <= MostBytes;
    }

    /// <summary>Copies the inputs to where the session reads them.</summary>
    public void Fill(Tensor[] inputs)
    {
        if (_binding is null || !Fits(inputs))
        {
            Bind(inputs);
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i].Data.Span.CopyTo(_values[i].GetTensorMutableRawData());
        }
    }

    /// <summary>Runs the session; the caller frees the outputs.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(RunOptions options) => session.RunWithBoundResults(options, _binding!);

    public void Dispose()
    {
        _binding?.Dispose();
        Array.ForEach(_values, value => value.Dispose());
        (_binding, _bound, _values) = (null, [], []);
    }

    private bool Fits(Tensor[] inputs)
    {
        if (inputs.Length != _bound.Length)
        {
            return false;
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            if (!inputs[i].Shape.AsSpan().SequenceEqual(_bound[i].Shape.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }

    private void Bind(Tensor[] inputs)
    {
        Dispose();
        _binding = session.CreateIoBinding();
        _values = Array.ConvertAll(inputs, OnnxTensors.ToOrt);
        for (var i = 0; i < inputs.Length; i++)
        {
            _binding.BindInput(inputNames[i], _values[i]);
        }

        foreach (var name in outputNames)
        {
            _binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
        }

        // Only the shapes count; the data belong to a request that goes on.
        _bound = Array.ConvertAll(inputs, input => Models.TensorSpec.Zeros(input.Name, input.DataType, [.. input.Shape]));
    }
}
