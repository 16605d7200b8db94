using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = MlKit.Inference.Tensor;

namespace MlKit.Scorer.Onnx;

/// <summary>
/// scikit-learn's classifiers answer a sequence of maps (class -> probability), which the protocol cannot carry. They
/// become one FP32 tensor of shape [N, classes], the classes in ascending order.
/// </summary>
internal static class ClassMaps
{
    /// <summary>Whether an output is a sequence of maps with floating values.</summary>
    public static bool IsClassMaps(NodeMetadata output) =>
        output.OnnxValueType == OnnxValueType.ONNX_TYPE_SEQUENCE
        && output.AsSequenceMetadata().ElementMeta is { OnnxValueType: OnnxValueType.ONNX_TYPE_MAP } element
        && element.AsMapMetadata().ValueMetadata.ElementDataType == TensorElementType.Float;

    /// <summary>The classes of the first map, in ascending order; empty where there is none.</summary>
    public static IReadOnlyList<string> Classes(OrtValue sequence)
    {
        var classes = new List<string>();
        sequence.ProcessSequence(
            (map, index) =>
            {
                if (index == 0)
                {
                    classes.AddRange(Read(map).Select(pair => $"{pair.Key}"));
                }
            },
            OrtAllocator.DefaultInstance);
        return classes;
    }

    /// <param name="name">Name of the output.</param>
    /// <param name="sequence">One map for each row.</param>
    /// <param name="known">Number of the classes, for an answer without rows.</param>
    public static Tensor Flatten(string name, OrtValue sequence, int known)
    {
        var rows = sequence.GetValueCount();
        var values = new List<float>();
        sequence.ProcessSequence((map, _) => values.AddRange(Read(map).Select(pair => pair.Value)), OrtAllocator.DefaultInstance);
        var classes = rows == 0 ? known : values.Count / rows;
        return Tensor.Create<float>(name, CollectionsMarshal.AsSpan(values), rows, classes);
    }

    private static List<KeyValuePair<IComparable, float>> Read(OrtValue map)
    {
        var pairs = new List<KeyValuePair<IComparable, float>>();
        map.ProcessMap(
            (keys, values) =>
            {
                var numbers = values.GetTensorDataAsSpan<float>();
                var names = keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.String
                    ? keys.GetStringTensorAsArray().Cast<IComparable>().ToArray()
                    : [.. keys.GetTensorDataAsSpan<long>().ToArray().Cast<IComparable>()];
                for (var i = 0; i < names.Length; i++)
                {
                    pairs.Add(new(names[i], numbers[i]));
                }
            },
            OrtAllocator.DefaultInstance);
        pairs.Sort((left, right) => left.Key is string text ? string.CompareOrdinal(text, (string)right.Key) : left.Key.CompareTo(right.Key));
        return pairs;
    }
}
