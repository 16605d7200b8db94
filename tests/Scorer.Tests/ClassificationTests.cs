using MlKit.Inference;
using MlKit.Scorer.Inference;

namespace MlKit.Scorer.Tests;

public sealed class ClassificationTests
{
    [Fact]
    public void Values_print_as_C_does_and_the_largest_come_first()
    {
        var output = Tensor.Create<float>("y", [1e-7f, 1234567f, -0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity], 6);
        Assert.Equal(
            ["inf:4", "1234567.000000:1", "0.000000:0", "-0.500000:2", "-inf:5", "nan:3"],
            Classification.Apply(output, 10, batched: false, []).ToStrings());
    }

    [Fact]
    public void Integers_print_whole_equal_values_keep_their_order_and_labels_follow()
    {
        var output = Tensor.Create<ulong>("y", [5, ulong.MaxValue, 5, 1], 2, 2);
        var classes = Classification.Apply(output, 2, batched: true, ["no"]);
        Assert.Equal([2, 2], classes.Shape);
        Assert.Equal(["18446744073709551615:1", "5:0:no", "5:0:no", "1:1"], classes.ToStrings());
    }

    [Theory]
    [InlineData(TensorDataType.Bool)]
    [InlineData(TensorDataType.Fp16)]
    [InlineData(TensorDataType.Bf16)]
    [InlineData(TensorDataType.Bytes)]
    public void Elements_that_have_no_order_are_refused(TensorDataType type)
    {
        var output = new Tensor("y", type, [1], new byte[type == TensorDataType.Bytes ? 4 : type.ElementSize()]);
        Assert.Contains("has no classification", Assert.Throws<InferenceException>(() => Classification.Apply(output, 1, false, [])).Message);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData("2")]
    [InlineData(1.5)]
    [InlineData(true)]
    public void A_number_of_classes_that_is_none_is_refused(object value) => Assert.Throws<InferenceException>(
        () => Classification.Wanted(new RequestedOutput("y") { Parameters = new Dictionary<string, object> { ["classification"] = value } }));
}
