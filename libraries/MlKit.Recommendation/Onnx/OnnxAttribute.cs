using Google.Protobuf;

namespace MlKit.Recommendation.Onnx;

/// <summary>An attribute of an ONNX node.</summary>
internal sealed class OnnxAttribute
{
    private const int FloatType = 1, IntType = 2, StringType = 3, FloatsType = 6, IntsType = 7, StringsType = 8;

    private readonly string _name;
    private readonly int _type;
    private readonly Action<CodedOutputStream> _write;

    private OnnxAttribute(string name, int type, Action<CodedOutputStream> write)
    {
        _name = name;
        _type = type;
        _write = write;
    }

    public static OnnxAttribute Of(string name, long value) => new(name, IntType, to =>
    {
        to.WriteTag(3, WireFormat.WireType.Varint);
        to.WriteInt64(value);
    });

    public static OnnxAttribute Of(string name, float value) => new(name, FloatType, to =>
    {
        to.WriteTag(2, WireFormat.WireType.Fixed32);
        to.WriteFloat(value);
    });

    public static OnnxAttribute Of(string name, string value) =>
        new(name, StringType, to => OnnxGraph.Text(to, 4, value));

    public static OnnxAttribute Of(string name, IEnumerable<float> values) => new(name, FloatsType, to =>
        OnnxGraph.Bytes(to, 7, OnnxGraph.Message(packed =>
        {
            foreach (var value in values)
            {
                packed.WriteFloat(value);
            }
        })));

    public static OnnxAttribute Of(string name, IEnumerable<long> values) => new(name, IntsType, to =>
        OnnxGraph.Bytes(to, 8, OnnxGraph.Message(packed =>
        {
            foreach (var value in values)
            {
                packed.WriteInt64(value);
            }
        })));

    public static OnnxAttribute Of(string name, IEnumerable<string> values) => new(name, StringsType, to =>
    {
        foreach (var value in values)
        {
            OnnxGraph.Text(to, 9, value);
        }
    });

    public byte[] ToBytes() => OnnxGraph.Message(to =>
    {
        OnnxGraph.Text(to, 1, _name);
        _write(to);
        to.WriteTag(20, WireFormat.WireType.Varint);
        to.WriteInt32(_type);
    });
}
