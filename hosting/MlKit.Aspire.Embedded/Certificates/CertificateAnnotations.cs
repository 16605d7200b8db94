using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Certificates that resources trust.</summary>
/// <param name="name">The name.</param>
public class CertificateAuthorityCollection(string name) : Resource(name)
{
    /// <summary>The certificates.</summary>
    public X509Certificate2Collection Certificates { get; } = [];
}

/// <summary>How added certificates and those that a resource trusts anyway go together.</summary>
public enum CertificateTrustScope
{
    /// <summary>Nothing is added.</summary>
    None = 0,

    /// <summary>The added ones beside those of the program or system.</summary>
    Append = 1,

    /// <summary>The added ones only.</summary>
    Override = 2,

    /// <summary>The added ones and those of the system, none of the program's own.</summary>
    System = 3,
}

/// <summary>The certificates that a resource trusts.</summary>
public sealed class CertificateAuthorityCollectionAnnotation : IResourceAnnotation
{
    /// <summary>The added ones.</summary>
    public List<CertificateAuthorityCollection> CertificateAuthorityCollections { get; } = [];

    /// <summary>Whether the developer certificate is among them; null is no.</summary>
    public bool? TrustDeveloperCertificates { get; set; }

    /// <summary>How they go together with the others; the default is <see cref="CertificateTrustScope.Append"/>.</summary>
    public CertificateTrustScope? Scope { get; set; }
}

/// <summary>What a callback that makes a resource trust certificates works on.</summary>
public sealed class CertificateTrustConfigurationCallbackAnnotationContext
{
    /// <summary>Run or publish.</summary>
    public required DistributedApplicationExecutionContext ExecutionContext { get; init; }

    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }

    /// <summary>Its arguments.</summary>
    public required List<object> Arguments { get; init; }

    /// <summary>Its variables.</summary>
    public required Dictionary<string, object> EnvironmentVariables { get; init; }

    /// <summary>The file with all certificates, PEM.</summary>
    public required ReferenceExpression CertificateBundlePath { get; init; }

    /// <summary>The folder with one file for each certificate, PEM.</summary>
    public required ReferenceExpression CertificateDirectoriesPath { get; init; }

    /// <summary>How they go together with the others.</summary>
    public required CertificateTrustScope Scope { get; init; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Makes a resource trust certificates.</summary>
/// <param name="callback">Sets variables or arguments.</param>
public sealed class CertificateTrustConfigurationCallbackAnnotation(Func<CertificateTrustConfigurationCallbackAnnotationContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Sets variables or arguments.</summary>
    public Func<CertificateTrustConfigurationCallbackAnnotationContext, Task> Callback { get; } = callback ?? throw new ArgumentNullException(nameof(callback));
}

/// <summary>The certificate that a resource serves https with.</summary>
[Experimental("ASPIRECERTIFICATES001")]
public sealed class HttpsCertificateAnnotation : IResourceAnnotation
{
    /// <summary>The certificate; null where it is the developer's or none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether it is the developer's; false with no certificate is none.</summary>
    public bool? UseDeveloperCertificate { get; init; }

    /// <summary>The password of the files that hold its key.</summary>
    public ParameterResource? Password { get; init; }
}

/// <summary>What a callback that makes a resource serve https works on.</summary>
[Experimental("ASPIRECERTIFICATES001")]
public sealed class HttpsCertificateConfigurationCallbackAnnotationContext
{
    /// <summary>Run or publish.</summary>
    public required DistributedApplicationExecutionContext ExecutionContext { get; init; }

    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }

    /// <summary>Its arguments.</summary>
    public required List<object> Arguments { get; init; }

    /// <summary>Its variables.</summary>
    public required Dictionary<string, object> EnvironmentVariables { get; init; }

    /// <summary>The file of the certificate, PEM.</summary>
    public required ReferenceExpression CertificatePath { get; init; }

    /// <summary>The file of its key, PEM.</summary>
    public required ReferenceExpression KeyPath { get; init; }

    /// <summary>The file of both, PKCS #12.</summary>
    public required ReferenceExpression PfxPath { get; init; }

    /// <summary>The password of the files that hold the key; null for none.</summary>
    public IValueProvider? Password { get; init; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Makes a resource serve https.</summary>
/// <param name="callback">Sets variables or arguments.</param>
[Experimental("ASPIRECERTIFICATES001")]
public sealed class HttpsCertificateConfigurationCallbackAnnotation(Func<HttpsCertificateConfigurationCallbackAnnotationContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Sets variables or arguments.</summary>
    public Func<HttpsCertificateConfigurationCallbackAnnotationContext, Task> Callback { get; } = callback ?? throw new ArgumentNullException(nameof(callback));
}

/// <summary>What is told once it is known that a resource serves https.</summary>
[Experimental("ASPIRECERTIFICATES001")]
public sealed class HttpsEndpointUpdateCallbackContext
{
    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }

    /// <summary>The application.</summary>
    public required DistributedApplicationModel Model { get; init; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Where a container looks for certificates that it trusts.</summary>
public sealed class ContainerCertificatePathsAnnotation : IResourceAnnotation
{
    /// <summary>The folder for those that are added.</summary>
    public string? CustomCertificatesDestination { get; init; }

    /// <summary>The files with its own.</summary>
    public List<string>? DefaultCertificateBundles { get; init; }

    /// <summary>The folders with its own.</summary>
    public List<string>? DefaultCertificateDirectories { get; init; }
}
