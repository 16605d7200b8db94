using System.Security.Cryptography;

namespace MlKit.Mlflow;

/// <summary>What can be done with the public half of a signing key.</summary>
public static class GateKeys
{
    /// <summary>A short name of a key: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo.</summary>
    /// <exception cref="GateDocumentException">The text is not a public key in PEM.</exception>
    public static string KeyId(string publicKeyPem)
    {
        using var key = Import(publicKeyPem);
        return Name(key);
    }

    internal static string Name(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    internal static bool Verify(string publicKeyPem, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = Import(publicKeyPem);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    private static ECDsa Import(string publicKeyPem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKeyPem);
            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new GateDocumentException("the trusted key is not a public key in PEM", error);
        }
    }
}
