using System.Runtime.InteropServices;
using Google.Protobuf;
using static MlKit.Scorer.Tests.Support.OnnxWriter;

namespace MlKit.Scorer.Tests.Support;

/// <summary>Small ONNX models, written by hand: all take <c>x</c> and give <c>y</c>, FP32 [N, 2].</summary>
internal static class OnnxFile
{
    /// <summary>In place of a number of features: the shapes are left out.</summary>
    private const int Open = -1;

    /// <summary>The smallest model that tells versions apart: <c>y = x + addend</c>.</summary>
    public static byte[] Adder(float addend, params (string Key, string Value)[] properties) => Model(
        graph =>
        {
            Node(graph, "Add", ["x", "addend"], ["y"]);
            Initializer(graph, "addend", Float, [1], MemoryMarshal.AsBytes([addend]));
        },
        properties);

    /// <summary>An adder with a further node of an operator that may not exist.</summary>
    public static byte[] Adder(float addend, string domain, string type) => Model(graph =>
    {
        Node(graph, type, ["x"], ["z"], domain);
        Node(graph, "Add", ["z", "addend"], ["y"]);
        Initializer(graph, "addend", Float, [1], MemoryMarshal.AsBytes([addend]));
    });

    /// <summary>An adder whose addend is in a file of its own.</summary>
    public static byte[] External(string location) => Model(graph =>
    {
        Node(graph, "Add", ["x", "addend"], ["y"]);
        Nested(graph, 5, tensor =>
        {
            Number(tensor, 1, 1);
            Number(tensor, 2, Float);
            Text(tensor, 8, "addend");
            Nested(tensor, 13, entry =>
            {
                Text(entry, 1, "location");
                Text(entry, 2, location);
            });
            Number(tensor, 14, 1);
        });
    });

    /// <summary>A model that computes for ever.</summary>
    public static byte[] Endless() => Model(graph =>
    {
        Loop(graph, "trips");
        Initializer(graph, "trips", Long, [], MemoryMarshal.AsBytes([long.MaxValue]));
        Initializer(graph, "go", Bool, [], [1]);
    });

    /// <summary>A model that needs a gigabyte.</summary>
    public static byte[] Hungry() => Model(graph =>
    {
        Node(graph, "ConstantOfShape", ["size"], ["much"]);
        Node(graph, "ReduceMean", ["much"], ["mean"]);
        Node(graph, "Add", ["x", "mean"], ["y"]);
        Initializer(graph, "size", Long, [1], MemoryMarshal.AsBytes([250_000_000L]));
    });

    /// <summary>A model that computes as many rounds as the first value says, and gives its input back.</summary>
    public static byte[] Counter() => Model(graph =>
    {
        FirstValue(graph, "rounds");
        Loop(graph, "rounds");
        Initializer(graph, "go", Bool, [], [1]);
    });

    /// <summary>A model that needs memory for as many numbers as the first value says.</summary>
    public static byte[] Greedy() => Model(graph =>
    {
        FirstValue(graph, "first");
        Initializer(graph, "one", Long, [1], MemoryMarshal.AsBytes([1L]));
        Node(graph, "Reshape", ["first", "one"], ["size"]);
        Node(graph, "ConstantOfShape", ["size"], ["much"]);
        Node(graph, "ReduceSum", ["much"], ["sum"]);
        Node(graph, "Add", ["x", "sum"], ["y"]);
    });

    /// <summary>A model that gives back the rows whose first value is above 0: the shape of the output depends on the values.</summary>
    public static byte[] Picker() => Model(graph =>
    {
        Initializer(graph, "zero", Long, [], MemoryMarshal.AsBytes([0L]));
        Initializer(graph, "nothing", Float, [], MemoryMarshal.AsBytes([0f]));
        Node(graph, "Gather", ["x", "zero"], ["first"], attribute: axis => Axis(axis, 1));
        Node(graph, "Greater", ["first", "nothing"], ["wanted"]);
        Node(graph, "Compress", ["x", "wanted"], ["y"], attribute: axis => Axis(axis, 0));
    });

    /// <summary>A model that gives its input back and says nothing about its shape.</summary>
    public static byte[] AnyShape() => Model(graph => Node(graph, "Identity", ["x"], ["y"]), Open);

    /// <summary>A network: features to a layer of a width, as many layers, two outputs.</summary>
    public static byte[] Network(int features, int width, int layers)
    {
        var random = new Random(1);
        return Model(
            graph =>
            {
                var before = "x";
                for (var i = 0; i < layers; i++)
                {
                    Weights(graph, $"w{i}", i == 0 ? features : width, width, random);
                    Node(graph, "MatMul", [before, $"w{i}"], [$"m{i}"]);
                    Node(graph, "Relu", [$"m{i}"], [before = $"r{i}"]);
                }

                Weights(graph, "last", width, 2, random);
                Node(graph, "MatMul", [before, "last"], ["y"]);
            },
            features);
    }

    private static void Weights(CodedOutputStream graph, string name, int rows, int columns, Random random)
    {
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() - 0.5f) / MathF.Sqrt(rows);
        }

        Initializer(graph, name, Float, [rows, columns], MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>The first value of the input as a whole number.</summary>
    private static void FirstValue(CodedOutputStream graph, string name)
    {
        Initializer(graph, "zero", Long, [], MemoryMarshal.AsBytes([0L]));
        Node(graph, "Cast", ["x"], ["whole"], attribute: cast =>
        {
            Text(cast, 1, "to");
            Number(cast, 3, Long);
            Number(cast, 20, 2);
        });
        Initializer(graph, "flat", Long, [1], MemoryMarshal.AsBytes([-1L]));
        Node(graph, "Reshape", ["whole", "flat"], ["line"]);
        Node(graph, "Gather", ["line", "zero"], [name]);
    }

    private static void Axis(CodedOutputStream attribute, long axis)
    {
        Text(attribute, 1, "axis");
        Number(attribute, 3, axis);
        Number(attribute, 20, 2);
    }

    private static void Loop(CodedOutputStream graph, string trips) => Node(graph, "Loop", [trips, "go", "x"], ["y"], attribute: body =>
    {
        Text(body, 1, "body");
        Nested(body, 6, WriteLoopBody);
        Number(body, 20, 5);
    });

    private static void WriteLoopBody(CodedOutputStream body)
    {
        Node(body, "Identity", ["go_in"], ["go_out"]);
        Node(body, "Identity", ["x_in"], ["x_out"]);
        Text(body, 2, "body");
        Info(body, 11, "trip", Long);
        Info(body, 11, "go_in", Bool);
        Info(body, 11, "x_in", Float, "N", 2);
        Info(body, 12, "go_out", Bool);
        Info(body, 12, "x_out", Float, "N", 2);
    }

    private static byte[] Model(Action<CodedOutputStream> write, params (string Key, string Value)[] properties) => Model(write, 2, properties);

    private static byte[] Model(Action<CodedOutputStream> write, int features, params (string Key, string Value)[] properties) => File(
        graph =>
        {
            write(graph);
            Info(graph, 11, "x", Float, features == Open ? null : ["N", features]);
            Info(graph, 12, "y", Float, features == Open ? null : ["N", 2]);
        },
        properties: properties);
}
