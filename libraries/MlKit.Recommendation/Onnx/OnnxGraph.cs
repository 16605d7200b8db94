using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlKit.Recommendation.Onnx;

/// <summary>
/// Writes an ONNX model (IR 8, opset 17, ai.onnx.ml 3) with protobuf's wire primitives only: the messages are few
/// and stable, so no generated code is needed.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int MlOpset = 3;

    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _initializers = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];
    private int _names;

    public const int Float = 1;
    public const int Int64 = 7;
    public const int String = 8;
    public const int Double = 11;

    /// <summary>Declares an input; a dimension is a number or a symbolic name.</summary>
    public string Input(string input, int type, params object[] shape)
    {
        _inputs.Add(ValueInfo(input, type, shape));
        return input;
    }

    public void Output(string output, int type, params object[] shape) => _outputs.Add(ValueInfo(output, type, shape));

    public string Constant(ReadOnlySpan<float> values, params long[] shape) =>
        Initializer(Float, MemoryMarshal.AsBytes(values), shape);

    public string Constant(ReadOnlySpan<long> values, params long[] shape) =>
        Initializer(Int64, MemoryMarshal.AsBytes(values), shape);

    public string Doubles(ReadOnlySpan<double> values, params long[] shape) =>
        Initializer(Double, MemoryMarshal.AsBytes(values), shape);

    public string Constant(IEnumerable<string> values, params long[] shape)
    {
        var own = NewName();
        _initializers.Add(Message(to =>
        {
            WriteTensorHead(to, String, shape);
            foreach (var value in values)
            {
                Bytes(to, 6, System.Text.Encoding.UTF8.GetBytes(value));
            }

            Text(to, 8, own);
        }));
        return own;
    }

    /// <summary>Adds a node with one new output.</summary>
    public string Node(string op, string[] inputs, params OnnxAttribute[] attributes) =>
        Node(op, inputs, [NewName()], attributes)[0];

    /// <summary>Adds a node with the given outputs.</summary>
    public string[] Node(string op, string[] inputs, string[] outputs, params OnnxAttribute[] attributes)
    {
        var domain = op is "LabelEncoder" or "TreeEnsembleRegressor" ? "ai.onnx.ml" : "";
        _nodes.Add(Message(to =>
        {
            Array.ForEach(inputs, input => Text(to, 1, input));
            Array.ForEach(outputs, output => Text(to, 2, output));
            Text(to, 3, $"{op}_{_nodes.Count}");
            Text(to, 4, op);
            Array.ForEach(attributes, attribute => Bytes(to, 5, attribute.ToBytes()));
            if (domain.Length > 0)
            {
                Text(to, 7, domain);
            }
        }));
        return outputs;
    }

    /// <summary>The ModelProto.</summary>
    public byte[] ToBytes(IReadOnlyDictionary<string, string> metadata) => Message(to =>
    {
        to.WriteTag(1, WireFormat.WireType.Varint);
        to.WriteInt64(IrVersion);
        Text(to, 2, "MlKit");
        Bytes(to, 7, Message(graph =>
        {
            _nodes.ForEach(node => Bytes(graph, 1, node));
            Text(graph, 2, name);
            _initializers.ForEach(tensor => Bytes(graph, 5, tensor));
            _inputs.ForEach(input => Bytes(graph, 11, input));
            _outputs.ForEach(output => Bytes(graph, 12, output));
        }));
        Bytes(to, 8, OperatorSet("", Opset));
        Bytes(to, 8, OperatorSet("ai.onnx.ml", MlOpset));
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Bytes(to, 14, Message(entry =>
            {
                Text(entry, 1, key);
                Text(entry, 2, value);
            }));
        }
    });

    internal static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var stream = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(stream);
        }

        return memory.ToArray();
    }

    internal static void Text(CodedOutputStream to, int field, string value)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteString(value);
    }

    internal static void Bytes(CodedOutputStream to, int field, byte[] value)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
    }

    /// <summary>A name that no other value has.</summary>
    public string NewName() => $"v{_names++}";

    private string Initializer(int type, ReadOnlySpan<byte> raw, long[] shape)
    {
        var own = NewName();
        var bytes = raw.ToArray();
        _initializers.Add(Message(to =>
        {
            WriteTensorHead(to, type, shape);
            Text(to, 8, own);
            Bytes(to, 9, bytes);
        }));
        return own;
    }

    private static void WriteTensorHead(CodedOutputStream to, int type, long[] shape)
    {
        foreach (var dimension in shape)
        {
            to.WriteTag(1, WireFormat.WireType.Varint);
            to.WriteInt64(dimension);
        }

        to.WriteTag(2, WireFormat.WireType.Varint);
        to.WriteInt32(type);
    }

    private static byte[] OperatorSet(string domain, int version) => Message(to =>
    {
        Text(to, 1, domain);
        to.WriteTag(2, WireFormat.WireType.Varint);
        to.WriteInt64(version);
    });

    private static byte[] ValueInfo(string name, int type, object[] shape) => Message(to =>
    {
        Text(to, 1, name);
        Bytes(to, 2, Message(typeProto => Bytes(typeProto, 1, Message(tensor =>
        {
            tensor.WriteTag(1, WireFormat.WireType.Varint);
            tensor.WriteInt32(type);
            Bytes(tensor, 2, Message(shapeProto => Array.ForEach(shape, d => Bytes(shapeProto, 1, Dimension(d)))));
        }))));
    });

    private static byte[] Dimension(object dimension) => Message(to =>
    {
        if (dimension is string symbol)
        {
            Text(to, 2, symbol);
        }
        else
        {
            to.WriteTag(1, WireFormat.WireType.Varint);
            to.WriteInt64(Convert.ToInt64(dimension, System.Globalization.CultureInfo.InvariantCulture));
        }
    });
}
