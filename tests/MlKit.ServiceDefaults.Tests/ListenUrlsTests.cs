using Microsoft.Extensions.Configuration;

namespace MlKit.ServiceDefaults.Tests;

/// <summary>A container is told its port, not its address: a service that kept to the loopback there could not be reached.</summary>
public sealed class ListenUrlsTests
{
    [Theory]
    [InlineData(null, null, "http://localhost:1")]
    [InlineData(null, "8000", "http://*:8000")]
    [InlineData("", "8000; 8100", "http://*:8000;http://*:8100")]
    [InlineData("http://127.0.0.1:0", "8000", "http://127.0.0.1:0")]
    public void Addresses_come_before_ports_and_ports_before_the_default(string? urls, string? ports, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("URLS", urls), new("HTTP_PORTS", ports)]).Build();
        Assert.Equal(expected, ListenUrls.Of(configuration, "http://localhost:1"));
    }
}
