using System.Runtime.InteropServices;
using Google.Protobuf;
using static MlKit.Scorer.Tests.Support.OnnxWriter;

namespace MlKit.Scorer.Tests.Support;

/// <summary>ONNX models of kinds that are seldom, but are written by common tools.</summary>
internal static class OddModels
{
    private const int Ints = 7;
    private const int Texts = 8;

    /// <summary>No input; <c>y</c> is FP32 [2, 2] of 0, 1, 2, 3.</summary>
    public static byte[] NoInput() => File(graph =>
    {
        Initializer(graph, "numbers", Float, [2, 2], MemoryMarshal.AsBytes([0f, 1f, 2f, 3f]));
        Node(graph, "Identity", ["numbers"], ["y"]);
        Info(graph, 12, "y", Float, 2, 2);
    });

    /// <summary><c>x</c> of a type, [N, M], comes back as <c>y</c>.</summary>
    public static byte[] Identity(int type, int opset = 17, int format = 8) => File(
        graph =>
        {
            Node(graph, "Identity", ["x"], ["y"]);
            Info(graph, 11, "x", type, "N", "M");
            Info(graph, 12, "y", type, "N", "M");
        },
        opset,
        format);

    /// <summary><c>y</c> is the mean of <c>x</c>, FP32 of a fixed shape.</summary>
    public static byte[] Mean(params long[] shape) => File(graph =>
    {
        Node(graph, "ReduceMean", ["x"], ["y"], attribute: keep => Whole(keep, "keepdims", 0));
        Info(graph, 11, "x", Float, [.. shape.Cast<object>()]);
        Info(graph, 12, "y", Float, []);
    });

    /// <summary><c>y</c> is the sum of <c>a</c> and <c>b</c>, both FP32 scalars.</summary>
    public static byte[] Scalars() => File(graph =>
    {
        Node(graph, "Add", ["a", "b"], ["y"]);
        Info(graph, 11, "a", Float, []);
        Info(graph, 11, "b", Float, []);
        Info(graph, 12, "y", Float, []);
    });

    /// <summary><c>y</c> is FP32 of the shape that <c>shape</c> says, filled with <c>x</c>.</summary>
    public static byte[] Expand() => File(graph =>
    {
        Node(graph, "Expand", ["x", "shape"], ["y"]);
        Info(graph, 11, "x", Float, 1);
        Info(graph, 11, "shape", Long, "R");
        Info(graph, 12, "y", Float, null);
    });

    /// <summary>As scikit-learn's classifiers are written: <c>label</c>, and <c>probabilities</c> as maps of the classes.</summary>
    public static byte[] Classifier(params object[] classes) => File(graph =>
    {
        var numbered = classes[0] is long;
        Node(graph, "Softmax", ["x"], ["p"], attribute: axis => Whole(axis, "axis", 1));
        Node(graph, "ArgMax", ["x"], ["label"], attribute: axis => Whole(axis, "axis", 1));
        Node(graph, "ZipMap", ["p"], ["probabilities"], MachineLearning, labels =>
        {
            Text(labels, 1, numbered ? "classlabels_int64s" : "classlabels_strings");
            Array.ForEach(classes, one => Label(labels, one));
            Number(labels, 20, numbered ? Ints : Texts);
        });
        Info(graph, 11, "x", Float, "N", classes.Length);
        Info(graph, 12, "label", Long, "N", 1);
        MapInfo(graph, "probabilities", numbered ? Long : Texts);
    });

    /// <summary><c>y</c> is a sequence of tensors, which the protocol cannot carry.</summary>
    public static byte[] Sequence() => File(graph =>
    {
        Node(graph, "SplitToSequence", ["x"], ["y"], attribute: axis => Whole(axis, "axis", 0));
        Info(graph, 11, "x", Float, "N", 2);
        Nested(graph, 12, info =>
        {
            Text(info, 1, "y");
            Nested(info, 2, type => Nested(type, 4, sequence => Nested(sequence, 1, element => Nested(element, 1, tensor => Number(tensor, 1, Float)))));
        });
    });

    private static void Label(CodedOutputStream labels, object value)
    {
        if (value is long number)
        {
            Number(labels, 8, number);
        }
        else
        {
            Text(labels, 9, (string)value);
        }
    }

    private static void Whole(CodedOutputStream attribute, string name, long value)
    {
        Text(attribute, 1, name);
        Number(attribute, 3, value);
        Number(attribute, 20, 2);
    }

    /// <summary>An output that is a sequence of maps from a type to FP32.</summary>
    private static void MapInfo(CodedOutputStream graph, string name, int key) => Nested(graph, 12, info =>
    {
        Text(info, 1, name);
        Nested(info, 2, type => Nested(type, 4, sequence => Nested(sequence, 1, element => Nested(element, 5, map =>
        {
            Number(map, 1, key);
            Nested(map, 2, value => Nested(value, 1, tensor =>
            {
                Number(tensor, 1, Float);
                Nested(tensor, 2, _ => { });
            }));
        }))));
    });
}
