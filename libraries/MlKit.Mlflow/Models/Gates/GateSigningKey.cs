using System.Security.Cryptography;

namespace MlKit.Mlflow;

/// <summary>The key that signs gate documents on this machine: ECDSA P-256, kept in a folder that only its owner reads.</summary>
public sealed class GateSigningKey : IDisposable
{
    /// <summary>File of the private key (PKCS 8, PEM; owner only).</summary>
    public const string PrivateFileName = "gate-signing-key.pem";

    /// <summary>File of the public key (SubjectPublicKeyInfo, PEM), for whoever verifies.</summary>
    public const string PublicFileName = "gate-public-key.pem";

    private readonly ECDsa _key;

    private GateSigningKey(ECDsa key)
    {
        _key = key;
        KeyId = GateKeys.Name(key);
        PublicKeyPem = key.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    /// <summary>A short name of the key.</summary>
    public string KeyId { get; }

    /// <summary>The public half.</summary>
    public string PublicKeyPem { get; }

    /// <summary>A key that lives in memory only.</summary>
    public static GateSigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Opens the folder's key, or makes one there. The public half is (re)written beside it.</summary>
    /// <exception cref="GateDocumentException">The private file holds no key.</exception>
    public static GateSigningKey Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, PrivateFileName);
        var key = File.Exists(file) ? Load(file) : Make(file);
        var publicFile = Path.Combine(folder, PublicFileName);
        if (!File.Exists(publicFile) || File.ReadAllText(publicFile) != key.PublicKeyPem)
        {
            File.WriteAllText(publicFile, key.PublicKeyPem);
        }

        return key;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal byte[] Sign(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256);

    private static GateSigningKey Load(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return new GateSigningKey(key);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new GateDocumentException($"'{file}' holds no private key in PEM; delete it to get a new one", error);
        }
    }

    /// <summary>Written aside and renamed, so that two jobs that start at once never read half a key.</summary>
    private static GateSigningKey Make(string file)
    {
        var key = Create();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var aside = $"{file}.{Guid.NewGuid():n}";
        using (var writer = new StreamWriter(aside, options))
        {
            writer.Write(key._key.ExportPkcs8PrivateKeyPem());
            writer.Write('\n');
        }

        try
        {
            File.Move(aside, file, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
            key.Dispose();
            return Load(file);
        }
    }
}
