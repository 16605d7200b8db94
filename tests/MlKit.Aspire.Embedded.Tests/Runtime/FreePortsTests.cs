using System.Net;
using System.Net.Sockets;
using MlKit.Aspire.Embedded.Ports;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

public sealed class FreePortsTests
{
    [Fact]
    public void Two_hosts_never_get_the_same_port()
    {
        using var folder = new TemporaryFolder();
        using var first = new FreePorts(folder.Path);
        using var second = new FreePorts(folder.Path);

        var ports = Enumerable.Range(0, 50).SelectMany(_ => new[] { first.Take(), second.Take() }).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20000, 32767));
        Assert.False(second.TryTake(ports[0]));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public void A_port_that_somebody_listens_on_is_not_free(string address)
    {
        using var folder = new TemporaryFolder();
        using var ports = new FreePorts(folder.Path);
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();

        Assert.False(ports.TryTake(((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [Fact]
    public void A_lease_ends_with_its_host()
    {
        using var folder = new TemporaryFolder();
        var first = new FreePorts(folder.Path);
        var port = first.Take();
        first.Dispose();
        using var second = new FreePorts(folder.Path);

        Assert.True(second.TryTake(port));
    }
}
