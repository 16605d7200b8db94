using Google.Protobuf;
using MlKit.Inference;

namespace MlKit.Scorer.Tests.Support;

/// <summary>Reads an ONNX TensorProto file into a tensor.</summary>
internal static class TensorProto
{
    /// <summary>ONNX's numbers of element types.</summary>
    public static IReadOnlyDictionary<int, TensorDataType> Types { get; } = new Dictionary<int, TensorDataType>
    {
        [1] = TensorDataType.Fp32,
        [2] = TensorDataType.UInt8,
        [3] = TensorDataType.Int8,
        [4] = TensorDataType.UInt16,
        [5] = TensorDataType.Int16,
        [6] = TensorDataType.Int32,
        [7] = TensorDataType.Int64,
        [8] = TensorDataType.Bytes,
        [9] = TensorDataType.Bool,
        [10] = TensorDataType.Fp16,
        [11] = TensorDataType.Fp64,
        [12] = TensorDataType.UInt32,
        [13] = TensorDataType.UInt64,
        [16] = TensorDataType.Bf16,
    };

    public static Tensor Read(string file)
    {
        var input = new CodedInputStream(File.ReadAllBytes(file));
        var shape = new List<long>();
        var texts = new List<string>();
        var floats = new List<float>();
        var (type, name, raw) = (0, "", Array.Empty<byte>());
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1 when WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint:
                    shape.Add(input.ReadInt64());
                    break;
                case 1:
                    var packed = input.ReadBytes().CreateCodedInput();
                    while (!packed.IsAtEnd)
                    {
                        shape.Add(packed.ReadInt64());
                    }

                    break;
                case 2:
                    type = input.ReadInt32();
                    break;
                case 4:
                    var values = input.ReadBytes().CreateCodedInput();
                    while (!values.IsAtEnd)
                    {
                        floats.Add(values.ReadFloat());
                    }

                    break;
                case 6:
                    texts.Add(input.ReadBytes().ToStringUtf8());
                    break;
                case 8:
                    name = input.ReadString();
                    break;
                case 9:
                    raw = input.ReadBytes().ToByteArray();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        if (texts.Count > 0)
        {
            return Tensor.FromStrings(name, texts.ToArray(), shape.ToArray());
        }

        return floats.Count > 0 ? Tensor.Create<float>(name, floats.ToArray(), shape.ToArray()) : new Tensor(name, Types[type], [.. shape], raw);
    }
}
