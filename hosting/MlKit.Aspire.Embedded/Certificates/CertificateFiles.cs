using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using MlKit.Aspire.Embedded.State;

namespace MlKit.Aspire.Embedded.Certificates;

/// <summary>Writes certificates as files that programs read, into a folder that only its owner may read.</summary>
internal sealed class CertificateFiles
{
    // Marks the certificates that `dotnet dev-certs` makes.
    private const string DeveloperExtension = "1.3.6.1.4.1.311.84.1.1";

    private static readonly string[] SystemBundles =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    private readonly string _folder;

    /// <param name="statePath">The host's state folder.</param>
    /// <param name="resource">The resource that the files are for.</param>
    public CertificateFiles(string statePath, string resource) => _folder = Path.Combine(statePath, ".host", "certificates", resource);

    /// <summary>The newest valid developer certificate, or null where there is none.</summary>
    public static X509Certificate2? Developer(TimeProvider time)
    {
        var now = time.GetLocalNow().DateTime;
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return store.Certificates
            .Where(c => c.HasPrivateKey && c.NotAfter > now && c.Extensions.Any(e => e.Oid?.Value == DeveloperExtension))
            .OrderByDescending(c => c.NotAfter)
            .FirstOrDefault();
    }

    /// <summary>Writes the certificates to trust: one file with all, and a folder with one file each.</summary>
    /// <param name="certificates">The added ones.</param>
    /// <param name="withSystem">Whether the one file has those of the system too.</param>
    public (string Bundle, string Folder) WriteTrusted(IReadOnlyCollection<X509Certificate2> certificates, bool withSystem)
    {
        var folder = OwnerOnly.CreateFolder(Path.Combine(_folder, "trusted"));
        foreach (var certificate in certificates)
        {
            File.WriteAllText(Path.Combine(folder, $"{certificate.Thumbprint}.pem"), certificate.ExportCertificatePem() + "\n");
        }

        var bundle = Path.Combine(_folder, "bundle.pem");
        var system = withSystem ? SystemBundles.FirstOrDefault(File.Exists) : null;
        File.WriteAllText(bundle, (system is null ? "" : File.ReadAllText(system) + "\n") + string.Concat(certificates.Select(c => c.ExportCertificatePem() + "\n")));
        return (bundle, folder);
    }

    /// <summary>Writes a certificate and its key, as PEM and as PKCS #12.</summary>
    /// <exception cref="DistributedApplicationException">The certificate has no key that can be written.</exception>
    public (string Certificate, string Key, string Pfx) WriteServer(X509Certificate2 certificate, string? password, string resource)
    {
        var folder = OwnerOnly.CreateFolder(Path.Combine(_folder, "server"));
        var (cert, key, pfx) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"), Path.Combine(folder, "certificate.pfx"));
        try
        {
            File.WriteAllText(cert, certificate.ExportCertificatePem() + "\n");
            File.WriteAllText(key, KeyPem(certificate, password) + "\n");
            File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx, password));
        }
        catch (CryptographicException e)
        {
            throw new DistributedApplicationException($"the https certificate of '{resource}' cannot be used: {e.Message}", e);
        }

        return (cert, key, pfx);
    }

    private static string KeyPem(X509Certificate2 certificate, string? password)
    {
        using AsymmetricAlgorithm key = certificate.GetRSAPrivateKey() as AsymmetricAlgorithm ?? certificate.GetECDsaPrivateKey()
            ?? throw new CryptographicException("it has no private key");
        return string.IsNullOrEmpty(password)
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000));
    }
}
