using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Aspire.Hosting;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Surface;

/// <summary>
/// What is compiled against either host calls nothing that the description of Aspire's API lacks: the nearest thing to a
/// compilation against the packages where those cannot be had.
/// </summary>
public sealed class PortableSourceTests
{
    private static readonly Assembly Host = typeof(DistributedApplication).Assembly;
    private static readonly IReadOnlyList<SubsetLine> Subset = SubsetFile.Read(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Surface", "aspire-api-subset.txt")));
    private static readonly HashSet<string> KnownTypes = [.. Subset.Select(line => line.Type.Split('<')[0])];
    private static readonly HashSet<string> KnownMembers = [.. Subset.Where(line => line.Member is not null).Select(line => $"{line.Type.Split('<')[0]}.{NameOf(line.Member!)}")];

    // Named only inside signatures of the description, so it does not list their members: as the packages have them.
    private static readonly string[] OnlyNamed =
    [
        "Aspire.Hosting.ApplicationModel.ContainerFile", "Aspire.Hosting.ApplicationModel.ContainerFileSystemItem", "Aspire.Hosting.ApplicationModel.CertificateAuthorityCollection",
        "Aspire.Hosting.ApplicationModel.DockerfileFactoryContext", "Aspire.Hosting.ApplicationModel.LogLine", "Aspire.Hosting.OtlpProtocol",
        "Aspire.Hosting.Kubernetes.Resources.HttpHeaderV1", "Aspire.Hosting.Kubernetes.Resources.PodResourceClaimV1",
        "Aspire.Hosting.Kubernetes.Resources.PreferredSchedulingTermV1", "Aspire.Hosting.Kubernetes.Resources.ProjectedVolumeSourceV1",
        "Aspire.Hosting.Kubernetes.Resources.SecretProjectionV1", "Aspire.Hosting.Kubernetes.Resources.VolumeProjectionV1",
    ];

    [Theory]
    [InlineData("AppHost/bin/{0}/net10.0/AppHost.dll")]
    [InlineData("hosting/MlKit.Hosting/bin/{0}/net10.0/MlKit.Hosting.dll")]
    [InlineData("tests/apps/WideAppHost/bin/{0}/net10.0/WideAppHost.dll")]
    public void Nothing_is_called_that_the_description_lacks(string path)
    {
        var configuration = Host.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var file = Path.Combine(Repository.Root, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, configuration));
        Assert.SkipUnless(File.Exists(file), $"{file} is not built");

        var foreign = References(file).Where(reference => !IsKnown(reference.Type, reference.Member)).Select(r => $"{r.Type}.{r.Member}").Distinct().Order().ToList();

        Assert.True(foreign.Count == 0, $"{foreign.Count} references outside the description:\n{string.Join('\n', foreign)}");
    }

    private static bool IsKnown(string type, string member) =>
        OnlyNamed.Contains(type)
        // What the compiler calls for `with` and for a text in the place of a state or number; the description lists no operators.
        || (KnownTypes.Contains(type) && member is "<Clone>$" or "op_Implicit")
        || KnownMembers.Contains($"{type}.{member}")
        // A member of a base class is referred to through the class that has it; plain data types are listed by their own.
        || (KnownTypes.Contains(type) && (member == ".ctor" || Host.GetType(type) is { IsInterface: false } found && InheritedIsKnown(found, member)));

    private static bool InheritedIsKnown(Type type, string member) =>
        type.BaseType is { } parent && (KnownMembers.Contains($"{parent.FullName}.{member}") || InheritedIsKnown(parent, member));

    // Every type of the host that the file names, with the member it uses: accessors as their property.
    private static List<(string Type, string Member)> References(string file)
    {
        using var stream = File.OpenRead(file);
        using var portable = new PEReader(stream);
        var metadata = portable.GetMetadataReader();
        var found = new List<(string, string)>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (TypeOf(metadata, member.Parent) is { } type)
            {
                var name = metadata.GetString(member.Name);
                found.Add((type, name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..] : name));
            }
        }

        return found;
    }

    private static string? TypeOf(MetadataReader metadata, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeSpecification => Generic(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)handle)),
        _ => null,
    };

    private static string? NameOf(MetadataReader metadata, TypeReference type)
    {
        var name = metadata.GetString(type.Name).Split('`')[0];
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope)) is { } outer ? $"{outer}.{name}" : null,
            HandleKind.AssemblyReference when metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == Host.GetName().Name
                => $"{metadata.GetString(type.Namespace)}.{name}",
            _ => null,
        };
    }

    // A generic instance begins with its kind and the coded token of the generic type.
    private static string? Generic(MetadataReader metadata, TypeSpecification specification)
    {
        var blob = metadata.GetBlobReader(specification.Signature);
        return blob.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance && blob.ReadCompressedInteger() is 0x11 or 0x12
            ? TypeOf(metadata, blob.ReadTypeHandle())
            : null;
    }

    private static string NameOf(string signature)
    {
        if (signature.Contains("ctor(", StringComparison.Ordinal))
        {
            return ".ctor";
        }

        var head = signature.Split('(', '{', '=')[0].TrimEnd();
        return head[(head.LastIndexOf(' ') + 1)..].Split('<')[0];
    }
}
