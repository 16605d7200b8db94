using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>What the host says where a resource needs a container engine.</summary>
internal static class ContainerSupport
{
    /// <summary>The message for a container resource that cannot run here.</summary>
    public static string Missing(IResource resource) =>
        $"'{resource.Name}' is a container, and the embedded host runs none yet: start the engine's container yourself and add it as an "
        + "external service, or leave --MlKit:RunMode at Embedded, which runs MlKit's own servers as processes";
}
