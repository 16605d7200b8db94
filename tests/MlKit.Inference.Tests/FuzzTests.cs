using System.Buffers;
using System.Text;
using CsCheck;
using Google.Protobuf;
using MlKit.Inference.Grpc;
using MlKit.Inference.Grpc.Messages;
using MlKit.Inference.Rest;

namespace MlKit.Inference.Tests;

/// <summary>Whatever the bytes are: an answer, or an InferenceException that says what was wrong. Never anything else.</summary>
public sealed class FuzzTests
{
    private const int Cases = 100_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"inputs\"", "\"name\"", "\"x\"", "\"shape\"", "\"datatype\"", "\"FP32\"", "\"BYTES\"", "\"INT8\"",
        "\"data\"", "\"parameters\"", "\"binary_data_size\"", "\"outputs\"", "\"id\"", "1", "-1", "2.5", "1e400", "4294967296", "null", "true",
        "NaN", "-Infinity", "\"\\ud800\"", "\"a", "\\", " ",
    ];

    private static readonly byte[] Valid = MakeValid(out ValidLength);
    private static readonly int ValidLength;
    private static readonly byte[] ValidMessage = GrpcMessages.FromRequest(MakeRequest()).ToByteArray();

    [Fact]
    public void Random_bytes_are_read_or_refused() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[-1, 220]).Sample((bytes, length) => ReadsOrRefuses(bytes, length < 0 ? null : length), iter: Cases);

    [Fact]
    public void Random_JSON_pieces_are_read_or_refused() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60].Sample(pieces => ReadsOrRefuses(Encoding.UTF8.GetBytes(string.Concat(pieces)), null), iter: Cases);

    [Fact]
    public void A_valid_request_with_changed_bytes_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var body = (byte[])Valid.Clone();
                foreach (var (place, value) in changes)
                {
                    body[place % body.Length] = value;
                }

                return ReadsOrRefuses(body, ValidLength);
            },
            iter: Cases);

    [Fact]
    public void Random_binary_tensors_hold_what_their_shape_says_or_are_refused() =>
        Gen.Select(Gen.Enum<TensorDataType>(), Gen.Long[-2, 6].Array[0, 4], Gen.Byte.Array[0, 64]).Sample(
            (type, shape, data) =>
            {
                try
                {
                    var tensor = new Tensor("x", type, [.. shape], data);
                    return type == TensorDataType.Bytes
                        ? ByteStrings.Split("x", tensor.Data).Count == tensor.Count
                        : tensor.Data.Length == tensor.Count * type.ElementSize();
                }
                catch (InferenceException)
                {
                    return true;
                }
            },
            iter: Cases);

    [Fact]
    public void A_gRPC_request_with_changed_bytes_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])ValidMessage.Clone();
                foreach (var (place, value) in changes)
                {
                    bytes[place % bytes.Length] = value;
                }

                try
                {
                    return GrpcMessages.ToRequest(ModelInferRequest.Parser.ParseFrom(bytes)).Inputs.Count > 0;
                }
                catch (Exception error) when (error is InferenceException or InvalidProtocolBufferException)
                {
                    return true;
                }
            },
            iter: Cases);

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen.Select(Gen.Float.Array[0, 20], Gen.String[Gen.Char.AlphaNumeric, 0, 9].Array[0, 8], Gen.Bool).Sample(
            (numbers, words, binary) =>
            {
                var response = new InferResponse
                {
                    ModelName = "m",
                    ModelVersion = "1",
                    Outputs = [Tensor.Create<float>("numbers", numbers, numbers.Length), Tensor.FromStrings("words", words, words.Length)],
                };
                var body = new ArrayBufferWriter<byte>();
                var length = RestBodyWriter.WriteResponse(body, response, _ => binary);
                var read = RestBodyReader.ReadResponse(body.WrittenMemory, length);
                return read.Output("numbers").ToArray<float>().SequenceEqual(numbers) && read.Output("words").ToStrings().SequenceEqual(words);
            },
            iter: Cases);
    }

    private static bool ReadsOrRefuses(byte[] body, int? headerLength)
    {
        try
        {
            return RestBodyReader.ReadRequest(body, headerLength).Inputs.Count > 0;
        }
        catch (InferenceException)
        {
            return true;
        }
    }

    private static byte[] MakeValid(out int length)
    {
        var body = new ArrayBufferWriter<byte>();
        length = RestBodyWriter.WriteRequest(body, MakeRequest());
        return body.WrittenSpan.ToArray();
    }

    private static InferRequest MakeRequest() => new()
    {
        Id = "fuzz",
        ModelName = "m",
        Inputs = [Tensor.Create<float>("x", [1, 2, 3, 4], 2, 2), Tensor.FromStrings("words", ["a", "bc", ""], 3)],
        Outputs = [new RequestedOutput("y") { Parameters = new Dictionary<string, object> { ["classification"] = 2L } }],
    };
}
