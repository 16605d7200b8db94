using CsCheck;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class PackedAttributesTests
{
    [Fact]
    public void What_was_packed_comes_out_again() =>
        Gen.Select(Gen.String[0, 12], Gen.String[0, 400]).Array[0, 20].Sample(
            pairs =>
            {
                // UTF-8 has no half of a surrogate pair.
                var attributes = pairs.Select(pair => KeyValuePair.Create(pair.Item1, new string([.. pair.Item2.Where(c => !char.IsSurrogate(c))]))).ToArray();
                var packed = PackedAttributes.Of(attributes, new KeySetPool());
                return packed.SequenceEqual(attributes) && packed.Count == attributes.Length
                    && Enumerable.Range(0, attributes.Length).All(i => packed[i].Equals(attributes[i]));
            },
            iter: 3_000, seed: "0000KDsW8kI3");

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_097_152)]
    public void Values_of_any_length_come_out_again(int length) =>
        Assert.Equal(length, PackedAttributes.Of([new("a", new string('x', length)), new("b", "y")], new KeySetPool())[0].Value.Length);

    [Fact]
    public void Equal_names_are_kept_once()
    {
        var pool = new KeySetPool();
        Assert.Same(pool.Share([new("a", "1"), new("b", "2")]), pool.Share([new("a", "3"), new("b", "4")]));
        Assert.NotEqual(pool.Share([new("a", "1")]), pool.Share([new("b", "1")]));
    }
}
