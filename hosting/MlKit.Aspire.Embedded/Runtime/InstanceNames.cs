using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Names the instances of a resource, one per replica: the resource's name and eight random letters.</summary>
internal static class InstanceNames
{
    private const int SuffixLength = 8;

    /// <summary>Gives the resource its instances. The log of a single one is that of the resource.</summary>
    public static void Give(IResource resource, ResourceLoggerService logs)
    {
        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        var ids = Enumerable.Range(0, replicas).Select(_ => $"{resource.Name}-{Suffix()}").ToList();
        resource.Annotations.Add(new ResourceInstancesAnnotation(ids));
        if (ids is [var only])
        {
            logs.Join(resource.Name, only);
        }
    }

    private static string Suffix() => new(RandomNumberGenerator.GetItems<char>("abcdefghijklmnopqrstuvwxyz", SuffixLength));
}
