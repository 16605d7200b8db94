using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MlKit.Mlflow;

/// <summary>The key that signs gate documents on this machine: ECDSA P-256, kept in a folder that only its owner reads.</summary>
public sealed class GateSigningKey : IDisposable
{
    /// <summary>File of the private key (PKCS 8, PEM; owner only).</summary>
    public const string PrivateFileName = "gate-signing-key.pem";

    /// <summary>File of the public key (SubjectPublicKeyInfo, PEM), for whoever verifies.</summary>
    public const string PublicFileName = "gate-public-key.pem";

    /// <summary>Fewest characters of a secret that is not PEM.</summary>
    public const int LeastSecret = 22;

    /// <summary>Order of the group of P-256.</summary>
    private static readonly BigInteger Order =
        BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

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

    /// <summary>
    /// The key that a secret gives, where no folder lasts: a private key in PEM (P-256), or any other text, from which the
    /// same key comes every time.
    /// </summary>
    /// <param name="secret">PEM, or at least <see cref="LeastSecret"/> characters that nobody can guess.</param>
    /// <exception cref="GateDocumentException">The text is too short, or its PEM is no such key. It is never in the message.</exception>
    public static GateSigningKey FromSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return Import(secret, "the signing key is PEM, but no private key");
        }

        return secret.Length >= LeastSecret
            ? new(Derive(secret))
            : throw new GateDocumentException($"the signing key has {secret.Length} characters; allowed: a private key in PEM, or at least {LeastSecret} characters that nobody can guess");
    }

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

    private static GateSigningKey Load(string file) =>
        Import(File.ReadAllText(file), $"'{file}' holds no private key in PEM; delete it to get a new one");

    private static GateSigningKey Import(string pem, string problem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key is PEM too, and cannot sign.
            key.SignData([], HashAlgorithmName.SHA256);
            return new GateSigningKey(key);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new GateDocumentException(problem, error);
        }
    }

    /// <summary>16 bytes more than the group's order has make the bias of the remainder too small to matter.</summary>
    private static ECDsa Derive(string secret)
    {
        var wide = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 48, info: "mlkit gate signing key"u8.ToArray());
        var number = (new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var scalar = new byte[32];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(scalar, scalar.Length - digits.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
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
