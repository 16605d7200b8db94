using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlKit.Scorer.Tests.Support;

/// <summary>Small ONNX models, written by hand: all take <c>x</c> and give <c>y</c>, FP32 [N, 2].</summary>
internal static class OnnxFile
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int Bool = 9;

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
        Initializer(graph, "trips", Int64, [], MemoryMarshal.AsBytes([long.MaxValue]));
        Initializer(graph, "go", Bool, [], [1]);
    });

    /// <summary>A model that needs a gigabyte.</summary>
    public static byte[] Hungry() => Model(graph =>
    {
        Node(graph, "ConstantOfShape", ["size"], ["much"]);
        Node(graph, "ReduceMean", ["much"], ["mean"]);
        Node(graph, "Add", ["x", "mean"], ["y"]);
        Initializer(graph, "size", Int64, [1], MemoryMarshal.AsBytes([250_000_000L]));
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
        Initializer(graph, "one", Int64, [1], MemoryMarshal.AsBytes([1L]));
        Node(graph, "Reshape", ["first", "one"], ["size"]);
        Node(graph, "ConstantOfShape", ["size"], ["much"]);
        Node(graph, "ReduceSum", ["much"], ["sum"]);
        Node(graph, "Add", ["x", "sum"], ["y"]);
    });

    /// <summary>A model that gives back the rows whose first value is above 0: the shape of the output depends on the values.</summary>
    public static byte[] Picker() => Model(graph =>
    {
        Initializer(graph, "zero", Int64, [], MemoryMarshal.AsBytes([0L]));
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
        Initializer(graph, "zero", Int64, [], MemoryMarshal.AsBytes([0L]));
        Node(graph, "Cast", ["x"], ["whole"], attribute: cast =>
        {
            Text(cast, 1, "to");
            Number(cast, 3, Int64);
            Number(cast, 20, 2);
        });
        Initializer(graph, "flat", Int64, [1], MemoryMarshal.AsBytes([-1L]));
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
        Info(body, 11, "trip", Int64);
        Info(body, 11, "go_in", Bool);
        Info(body, 11, "x_in", Float, "N", 2);
        Info(body, 12, "go_out", Bool);
        Info(body, 12, "x_out", Float, "N", 2);
    }

    private static byte[] Model(Action<CodedOutputStream> write, params (string Key, string Value)[] properties) => Model(write, 2, properties);

    private static byte[] Model(Action<CodedOutputStream> write, int features, params (string Key, string Value)[] properties) => Message(model =>
    {
        Number(model, 1, 8);
        Text(model, 2, "mlkit-tests");
        Nested(model, 7, graph =>
        {
            write(graph);
            Text(graph, 2, "graph");
            Info(graph, 11, "x", Float, features == Open ? null : ["N", features]);
            Info(graph, 12, "y", Float, features == Open ? null : ["N", 2]);
        });
        Nested(model, 8, opset =>
        {
            Text(opset, 1, "");
            Number(opset, 2, 17);
        });
        foreach (var (key, value) in properties)
        {
            Nested(model, 14, property =>
            {
                Text(property, 1, key);
                Text(property, 2, value);
            });
        }
    });

    private static void Node(
        CodedOutputStream graph, string type, string[] inputs, string[] outputs, string domain = "", Action<CodedOutputStream>? attribute = null) => Nested(graph, 1, node =>
    {
        Array.ForEach(inputs, input => Text(node, 1, input));
        Array.ForEach(outputs, output => Text(node, 2, output));
        Text(node, 4, type);
        if (attribute is not null)
        {
            Nested(node, 5, attribute);
        }

        if (domain.Length > 0)
        {
            Text(node, 7, domain);
        }
    });

    private static void Initializer(CodedOutputStream graph, string name, int type, long[] shape, ReadOnlySpan<byte> data)
    {
        var bytes = ByteString.CopyFrom(data);
        Nested(graph, 5, tensor =>
        {
            Array.ForEach(shape, dimension => Number(tensor, 1, dimension));
            Number(tensor, 2, type);
            Text(tensor, 8, name);
            tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
            tensor.WriteBytes(bytes);
        });
    }

    /// <summary>Type and shape of a value; a shape of texts (names) and numbers, null where it is left open.</summary>
    private static void Info(CodedOutputStream graph, int field, string name, int type, params object[]? shape) => Nested(graph, field, info =>
    {
        Text(info, 1, name);
        Nested(info, 2, holder => Nested(holder, 1, tensor =>
        {
            Number(tensor, 1, type);
            if (shape is null)
            {
                return;
            }

            Nested(tensor, 2, dimensions => Array.ForEach(shape, one => Nested(dimensions, 1, dimension =>
            {
                if (one is string symbol)
                {
                    Text(dimension, 2, symbol);
                }
                else
                {
                    Number(dimension, 1, (int)one);
                }
            })));
        }));
    });

    private static void Number(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }
}
