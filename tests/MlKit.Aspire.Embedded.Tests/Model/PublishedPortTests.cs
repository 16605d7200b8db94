using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class PublishedPortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_allocator_gives_no_port_twice_and_none_that_is_used()
    {
        var ports = new PortAllocator(100);
        ports.AddUsedPort(101);
        Assert.Equal([100, 102, 103], [ports.AllocatePort(), ports.AllocatePort(), ports.AllocatePort()]);
    }

    [Fact]
    public void Ports_of_an_endpoint_are_set_follow_from_others_or_are_allocated()
    {
        var container = Model.Publish(_folder).AddContainer("c", "image")
            .WithHttpEndpoint(port: 81, targetPort: 8080, name: "both").WithEndpoint(port: 9000, name: "port").WithEndpoint(name: "none").WithHttpEndpoint(name: "web");

        var resolved = container.Resource.ResolveEndpoints().ToDictionary(e => e.Endpoint.Name);

        Assert.Equal((ResolvedPort.Explicit(8080), ResolvedPort.Explicit(81)), (resolved["both"].TargetPort, resolved["both"].ExposedPort));
        Assert.Equal((ResolvedPort.Explicit(9000), ResolvedPort.Explicit(9000)), (resolved["port"].TargetPort, resolved["port"].ExposedPort));
        Assert.Equal((ResolvedPort.Allocated(8000), ResolvedPort.Implicit(8000)), (resolved["none"].TargetPort, resolved["none"].ExposedPort));
        Assert.Equal((ResolvedPort.Allocated(8001), ResolvedPort.Implicit(8001)), (resolved["web"].TargetPort, resolved["web"].ExposedPort));
    }

    [Fact]
    public void A_projects_first_web_endpoint_is_left_to_what_deploys_it()
    {
        var project = Model.Publish(_folder).AddDotnetProject("p", _folder.File("p/p.csproj", "<Project />")).WithHttpEndpoint().WithHttpEndpoint(name: "second");

        var resolved = project.Resource.ResolveEndpoints().ToDictionary(e => e.Endpoint.Name);

        Assert.Equal((ResolvedPort.None(), ResolvedPort.Implicit(80)), (resolved["http"].TargetPort, resolved["http"].ExposedPort));
        Assert.True(resolved["second"].TargetPort.IsAllocated);
    }
}
