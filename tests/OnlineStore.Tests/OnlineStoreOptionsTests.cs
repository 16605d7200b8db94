using Microsoft.Extensions.Configuration;
using MlKit.OnlineStore;

namespace MlKit.Tests;

public sealed class OnlineStoreOptionsTests
{
    [Fact]
    public void Nothing_set_gives_the_documented_defaults()
    {
        var options = OnlineStoreOptions.Read(new ConfigurationBuilder().Build());

        Assert.Equal(new OnlineStoreOptions(6379, null, 256, 300, 100), options);
    }

    [Theory]
    [InlineData("PORT", "0")]
    [InlineData("PORT", "65536")]
    [InlineData("PORT", "6379x")]
    [InlineData("MEMORYMEGABYTES", "15")]
    [InlineData("MEMORYMEGABYTES", "-1")]
    [InlineData("CHECKPOINTSECONDS", "1.5")]
    [InlineData("COMMITMILLISECONDS", "0")]
    public void A_value_out_of_range_is_named_with_what_is_allowed(string key, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"MLKIT:ONLINESTORE:{key}", value)]).Build();

        var error = Assert.Throws<InvalidOperationException>(() => OnlineStoreOptions.Read(configuration));

        Assert.StartsWith($"MLKIT__ONLINESTORE__{key} is '{value}'; allowed is a whole number from ", error.Message, StringComparison.Ordinal);
    }
}
