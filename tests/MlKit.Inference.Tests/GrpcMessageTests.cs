using Google.Protobuf;
using MlKit.Inference.Grpc;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Inference.Tests;

public sealed class GrpcMessageTests
{
    [Fact]
    public void A_request_survives_the_way_there()
    {
        var request = new InferRequest
        {
            ModelName = "m",
            ModelVersion = "2",
            Id = "q",
            Parameters = new Dictionary<string, object> { ["flag"] = true, ["count"] = 3L, ["big"] = ulong.MaxValue, ["ratio"] = 0.5, ["text"] = "t" },
            Inputs = [Tensor.Create<long>("ids", [1, -2], 1, 2), Tensor.FromStrings("words", ["a", ""], 2)],
            Outputs = [new RequestedOutput("y")],
        };
        var read = GrpcMessages.ToRequest(ModelInferRequest.Parser.ParseFrom(GrpcMessages.FromRequest(request).ToByteArray()));
        Assert.Equal(request.Parameters.OrderBy(pair => pair.Key), read.Parameters.OrderBy(pair => pair.Key));
        Assert.Equal([1L, -2L], read.Inputs[0].ToArray<long>());
        Assert.Equal(["a", ""], read.Inputs[1].ToStrings());
        Assert.Equal(("m", "2", "q", "y"), (read.ModelName, read.ModelVersion, read.Id, read.Outputs.Single().Name));
    }

    [Fact]
    public void Typed_contents_are_read_and_must_fit()
    {
        var message = Typed("INT8", new InferTensorContents { IntContents = { -128, 127 } });
        Assert.Equal([sbyte.MinValue, sbyte.MaxValue], GrpcMessages.ToRequest(message).Inputs[0].ToArray<sbyte>());
        Refuses(Typed("INT8", new InferTensorContents { IntContents = { 1, 128 } }), "element 1 is 128");
        Refuses(Typed("FP32", new InferTensorContents { IntContents = { 1, 2 } }), "belongs into fp32_contents");
        Refuses(Typed("FP16", new InferTensorContents { Fp32Contents = { 1, 2 } }), "send it raw");
        Refuses(Typed("FLOAT", new InferTensorContents { Fp32Contents = { 1, 2 } }), "datatype is 'FLOAT'");
        Refuses(Typed("FP32", null), "neither raw nor typed");
    }

    [Fact]
    public void Raw_and_typed_contents_do_not_mix_and_must_agree_in_number()
    {
        var both = Typed("FP32", new InferTensorContents { Fp32Contents = { 1, 2 } });
        both.RawInputContents.Add(ByteString.CopyFrom(new byte[8]));
        Refuses(both, "one of them is allowed");
        var many = Typed("FP32", null);
        many.RawInputContents.Add([ByteString.Empty, ByteString.Empty]);
        Refuses(many, "2 raw contents for 1 tensors");
        Assert.Empty(GrpcMessages.ToRequest(new ModelInferRequest()).Inputs);
        var empty = Typed("FP32", null);
        empty.Inputs[0].Shape.Add(0);
        Assert.Equal(0, GrpcMessages.ToRequest(empty).Inputs[0].Count);
    }

    private static void Refuses(ModelInferRequest message, string reason) =>
        Assert.Contains(reason, Assert.Throws<InferenceException>(() => GrpcMessages.ToRequest(message)).Message);

    private static ModelInferRequest Typed(string type, InferTensorContents? contents) => new()
    {
        ModelName = "m",
        Inputs = { new ModelInferRequest.Types.InferInputTensor { Name = "x", Datatype = type, Shape = { 2 }, Contents = contents } },
    };
}
