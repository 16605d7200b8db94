namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives numbers of ports to endpoints that have none when they are published.</summary>
public interface IPortAllocator
{
    /// <summary>Notes a port that must not be given.</summary>
    /// <param name="port">The port.</param>
    void AddUsedPort(int port);

    /// <summary>A port that was neither noted nor given before.</summary>
    int AllocatePort();
}

/// <summary>Gives ports in ascending order.</summary>
/// <param name="startPort">The first one.</param>
public sealed class PortAllocator(int startPort = 8000) : IPortAllocator
{
    private readonly HashSet<int> _used = [];
    private int _next = startPort;

    /// <inheritdoc/>
    public void AddUsedPort(int port) => _used.Add(port);

    /// <inheritdoc/>
    public int AllocatePort()
    {
        while (_used.Contains(_next))
        {
            _next++;
        }

        return _next++;
    }
}
