namespace MlKit.Inference.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Values_come_back_as_they_went_in()
    {
        Assert.Equal([1.5f, -2f], Tensor.Create<float>("x", [1.5f, -2f], 1, 2).ToArray<float>());
        Assert.Equal([long.MinValue, long.MaxValue], Tensor.Create<long>("x", [long.MinValue, long.MaxValue], 2).ToArray<long>());
        Assert.Equal(["", "Grüße", "a\0b"], Tensor.FromStrings("x", ["", "Grüße", "a\0b"], 3).ToStrings());
        Assert.Equal([(Half)0.5f], Tensor.Create<Half>("x", [(Half)0.5f]).ToArray<Half>());
    }

    [Fact]
    public void A_scalar_has_one_element_and_an_empty_dimension_none()
    {
        Assert.Equal(1, Tensor.Create<int>("x", [7]).Count);
        Assert.Equal(0, Tensor.Create<int>("x", [], 3, 0, 5).Count);
    }

    [Theory]
    [InlineData(new long[] { -1, 2 }, "negative dimension -1")]
    [InlineData(new long[] { 4294967296, 4294967296 }, "more than 2147483647 elements")]
    [InlineData(new long[] { long.MaxValue, 2 }, "more than 2147483647 elements")]
    [InlineData(new long[] { 3 }, "takes 12")]
    public void A_shape_that_cannot_be_is_refused_with_the_name_of_the_tensor(long[] shape, string reason)
    {
        var error = Assert.Throws<InferenceException>(() => new Tensor("price", TensorDataType.Fp32, [.. shape], new byte[8]));
        Assert.Equal(InferenceErrorKind.InvalidArgument, error.Kind);
        Assert.Contains("'price'", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Reading_as_another_type_names_both()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Tensor.Create<int>("x", [1], 1).ToArray<float>());
        Assert.Contains("INT32", error.Message);
        Assert.Contains("FP32", error.Message);
    }

    [Theory]
    [InlineData("05000000", "claims 5 bytes, 0 are left")]
    [InlineData("0500", "2 bytes are left")]
    [InlineData("ffffffff61", "claims 4294967295 bytes")]
    [InlineData("0100000061", "hold 1 elements, the shape has 2")]
    public void Byte_strings_that_do_not_add_up_are_refused(string hex, string reason)
    {
        var error = Assert.Throws<InferenceException>(() => new Tensor("x", TensorDataType.Bytes, [2], Convert.FromHexString(hex)));
        Assert.Contains(reason, error.Message);
    }
}
