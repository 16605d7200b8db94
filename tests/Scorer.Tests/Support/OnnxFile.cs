using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlKit.Scorer.Tests.Support;

/// <summary>Writes the smallest ONNX model that tells versions apart: <c>y = x + addend</c> on FP32 [N, 2].</summary>
internal static class OnnxFile
{
    private const int Float = 1;

    public static byte[] Adder(float addend, params (string Key, string Value)[] properties) => Message(model =>
    {
        Number(model, 1, 8);
        Text(model, 2, "mlkit-tests");
        Nested(model, 7, graph => WriteGraph(graph, addend));
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

    private static void WriteGraph(CodedOutputStream graph, float addend)
    {
        Nested(graph, 1, node =>
        {
            Text(node, 1, "x");
            Text(node, 1, "addend");
            Text(node, 2, "y");
            Text(node, 4, "Add");
        });
        Text(graph, 2, "adder");
        Nested(graph, 5, tensor =>
        {
            Number(tensor, 1, 1);
            Number(tensor, 2, Float);
            Text(tensor, 8, "addend");
            tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
            tensor.WriteBytes(ByteString.CopyFrom(MemoryMarshal.AsBytes([addend])));
        });
        Nested(graph, 11, input => WriteInfo(input, "x"));
        Nested(graph, 12, output => WriteInfo(output, "y"));
    }

    private static void WriteInfo(CodedOutputStream info, string name)
    {
        Text(info, 1, name);
        Nested(info, 2, type => Nested(type, 1, tensor =>
        {
            Number(tensor, 1, Float);
            Nested(tensor, 2, shape =>
            {
                Nested(shape, 1, dimension => Text(dimension, 2, "N"));
                Nested(shape, 1, dimension => Number(dimension, 1, 2));
            });
        }));
    }

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
