using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Errors about arguments, all of one form: resource, call with its value, what is allowed.</summary>
internal static class Refusal
{
    public static DistributedApplicationException Of(IResource resource, string call, string allowed) =>
        new($"Resource '{resource.Name}': {call} is not possible; {allowed}.");

    /// <exception cref="DistributedApplicationException">The condition does not hold.</exception>
    public static void Unless(bool condition, IResource resource, string call, string allowed)
    {
        if (!condition)
        {
            throw Of(resource, call, allowed);
        }
    }
}
