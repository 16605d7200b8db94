using System.Buffers;
using System.Text;
using MlKit.Inference.Rest;

namespace MlKit.Inference.Tests;

public sealed class RestBodyTests
{
    public static TheoryData<TensorDataType> Types => [.. Enum.GetValues<TensorDataType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_survives_the_binary_form(TensorDataType type)
    {
        var request = new InferRequest { Id = "q", Inputs = [Sample(type), Sample(TensorDataType.Bytes)], Outputs = [new RequestedOutput("y")] };
        var body = new ArrayBufferWriter<byte>();
        var length = RestBodyWriter.WriteRequest(body, request);
        var read = RestBodyReader.ReadRequest(body.WrittenMemory, length);
        Assert.Equal("q", read.Id);
        Assert.Equal("y", read.Outputs.Single().Name);
        Assert.True((bool)read.Parameters["binary_data_output"]);
        AssertSame(request.Inputs[0], read.Inputs[0]);
        AssertSame(request.Inputs[1], read.Inputs[1]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_that_has_a_JSON_form_survives_it(TensorDataType type)
    {
        var body = new ArrayBufferWriter<byte>();
        var response = new InferResponse { ModelName = "m", ModelVersion = "1", Outputs = [Sample(type)] };
        if (!type.HasJsonForm())
        {
            Assert.Contains("no JSON form", Assert.Throws<InferenceException>(() => RestBodyWriter.WriteResponse(body, response, _ => false)).Message);
            return;
        }

        Assert.Null(RestBodyWriter.WriteResponse(body, response, _ => false));
        AssertSame(response.Outputs[0], RestBodyReader.ReadResponse(body.WrittenMemory, null).Outputs[0]);
    }

    [Fact]
    public void Integers_of_64_bits_stay_exact()
    {
        var read = Read("""{"inputs":[{"name":"x","shape":[2],"datatype":"UINT64","data":[18446744073709551615,9007199254740993]}]}""");
        Assert.Equal([ulong.MaxValue, 9007199254740993UL], read.Inputs[0].ToArray<ulong>());
    }

    [Theory]
    [InlineData("[[1,2],[3,4]]")]
    [InlineData("[1,2,3,4]")]
    public void Data_may_be_flat_or_nested_and_may_come_before_type_and_shape(string data)
    {
        var read = Read($$"""{"inputs":[{"data":{{data}},"shape":[2,2],"datatype":"INT8","name":"x"}]}""");
        Assert.Equal([1, 2, 3, 4], read.Inputs[0].ToArray<sbyte>());
    }

    [Theory]
    [InlineData("[[1,2],[3]]", "nesting")]
    [InlineData("[[[1,2],[3,4]]]", "nesting")]
    [InlineData("[1,[2,3],4]", "nesting")]
    [InlineData("[1,2,3]", "holds 3 elements")]
    [InlineData("[1,2,3,4,5]", "more than the 4 elements")]
    [InlineData("[1,2,3,128]", "a number that INT8 can hold")]
    [InlineData("[1,2,3,1.5]", "a number that INT8 can hold")]
    [InlineData("[1,2,3,\"4\"]", "must be a number")]
    [InlineData("4", "must be an array")]
    public void Data_that_do_not_fit_are_refused_with_the_reason(string data, string reason)
    {
        var error = Assert.Throws<InferenceException>(() => Read($$"""{"inputs":[{"name":"x","datatype":"INT8","shape":[2,2],"data":{{data}}}]}"""));
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Not_a_number_and_the_infinities_are_read_as_bare_words_but_not_inside_texts()
    {
        var read = Read("""
            {"inputs":[{"name":"x","shape":[3],"datatype":"FP64","data":[NaN,Infinity,-Infinity]},
            {"name":"NaN \" Infinity","shape":[1],"datatype":"BYTES","data":["NaN, \\"]}]}
            """);
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NegativeInfinity], read.Inputs[0].ToArray<double>());
        Assert.Equal("NaN \" Infinity", read.Inputs[1].Name);
        Assert.Equal(["NaN, \\"], read.Inputs[1].ToStrings());
    }

    [Fact]
    public void Every_prefix_of_a_request_is_refused_without_a_crash()
    {
        var body = new ArrayBufferWriter<byte>();
        var length = RestBodyWriter.WriteRequest(body, new InferRequest { Inputs = [Sample(TensorDataType.Fp32), Sample(TensorDataType.Bytes)] });
        for (var end = 0; end < body.WrittenCount; end++)
        {
            var prefix = body.WrittenMemory[..end];
            Assert.Throws<InferenceException>(() => RestBodyReader.ReadRequest(prefix, Math.Min(end, length)));
            Assert.Throws<InferenceException>(() => RestBodyReader.ReadRequest(prefix, null));
        }
    }

    private static InferRequest Read(string json) => RestBodyReader.ReadRequest(Encoding.UTF8.GetBytes(json), null);

    private static Tensor Sample(TensorDataType type) => type == TensorDataType.Bytes
        ? Tensor.FromStrings("texts", ["", "Grüße", "\"quoted\" \\ \n"], 3, 1)
        : new Tensor(
            "numbers", type, [3, 1],
            Enumerable.Range(0, 3 * type.ElementSize()).Select(i => (byte)(type == TensorDataType.Bool ? i % 2 : i * 5)).ToArray());

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.DataType, actual.DataType);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }
}
