using System.Net;
using System.Net.Sockets;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>A port that nobody used a moment ago.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
