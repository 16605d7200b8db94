using Google.Protobuf;

namespace MlKit.Scorer.Tests.Support;

/// <summary>The messages of the ONNX format, written by hand.</summary>
internal static class OnnxWriter
{
    public const int Float = 1;
    public const int Long = 7;
    public const int Bool = 9;

    /// <summary>The domain of trees, class maps and the like.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>A model file.</summary>
    /// <param name="write">Writes nodes, initialisers, inputs and outputs of the graph.</param>
    /// <param name="opset">Version of the operators.</param>
    /// <param name="format">Version of the format.</param>
    /// <param name="properties">What the author stored in the file.</param>
    public static byte[] File(Action<CodedOutputStream> write, int opset = 17, int format = 8, params (string Key, string Value)[] properties) => Message(model =>
    {
        Number(model, 1, format);
        Text(model, 2, "mlkit-tests");
        Nested(model, 7, graph =>
        {
            write(graph);
            Text(graph, 2, "graph");
        });
        Opset(model, "", opset);
        Opset(model, MachineLearning, 1);
        foreach (var (key, value) in properties)
        {
            Nested(model, 14, property =>
            {
                Text(property, 1, key);
                Text(property, 2, value);
            });
        }
    });

    private static void Opset(CodedOutputStream model, string domain, int version) => Nested(model, 8, opset =>
    {
        Text(opset, 1, domain);
        Number(opset, 2, version);
    });

    public static void Node(
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

    public static void Initializer(CodedOutputStream graph, string name, int type, long[] shape, ReadOnlySpan<byte> data)
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
    public static void Info(CodedOutputStream graph, int field, string name, int type, params object[]? shape) => Nested(graph, field, info =>
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
                    Number(dimension, 1, Convert.ToInt64(one, System.Globalization.CultureInfo.InvariantCulture));
                }
            })));
        }));
    });

    public static void Number(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    public static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    public static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    public static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }
}
