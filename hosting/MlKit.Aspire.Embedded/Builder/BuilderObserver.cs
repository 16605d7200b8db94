using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Tells a test about the builders that an AppHost's entry point makes, so that it can change and hold them.</summary>
internal static class BuilderObserver
{
    /// <summary>The name of the listener.</summary>
    public const string ListenerName = "Aspire.Hosting";

    /// <summary>Payload: the <see cref="DistributedApplicationOptions"/> and the <see cref="HostApplicationBuilderSettings"/>, as a tuple.</summary>
    public const string Constructing = "DistributedApplicationBuilderConstructing";

    /// <summary>Payload: the <see cref="DistributedApplicationBuilder"/>.</summary>
    public const string Constructed = "DistributedApplicationBuilderConstructed";

    /// <summary>Payload: the <see cref="DistributedApplicationBuilder"/>.</summary>
    public const string Building = "DistributedApplicationBuilding";

    /// <summary>Payload: the <see cref="DistributedApplication"/>.</summary>
    public const string Built = "DistributedApplicationBuilt";

    private static readonly DiagnosticListener Listener = new(ListenerName);

    public static void Write(string name, object payload)
    {
        if (Listener.IsEnabled(name))
        {
            Listener.Write(name, payload);
        }
    }
}
