using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlKit.Mlflow;

/// <summary>
/// A <see cref="GateDocument"/> under a signature (ECDSA P-256, SHA-256, IEEE P1363 form) over the bytes of its JSON.
/// It lies as <see cref="FileName"/> beside the files of the model that it is about.
/// </summary>
public sealed record SignedGateDocument
{
    /// <summary>Name of the file in the model's folder.</summary>
    public const string FileName = "gate.json";

    /// <summary>The JSON of the document, base64url.</summary>
    [JsonPropertyName("payload")]
    public required string Payload { get; init; }

    /// <summary>The signature over the bytes of the payload, base64url.</summary>
    [JsonPropertyName("signature")]
    public required string Signature { get; init; }

    /// <summary>Which key signed, see <see cref="GateKeys.KeyId"/>.</summary>
    [JsonPropertyName("keyId")]
    public required string KeyId { get; init; }

    /// <summary>Signs a document.</summary>
    public static SignedGateDocument Sign(GateDocument document, GateSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(key);
        var payload = JsonSerializer.SerializeToUtf8Bytes(document, GateJson.Default.GateDocument);
        return new SignedGateDocument
        {
            Payload = Base64Url.EncodeToString(payload),
            Signature = Base64Url.EncodeToString(key.Sign(payload)),
            KeyId = key.KeyId,
        };
    }

    /// <summary>Reads the file's bytes.</summary>
    /// <exception cref="GateDocumentException">They are not a signed gate document.</exception>
    public static SignedGateDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, GateJson.Default.SignedGateDocument)
                ?? throw new GateDocumentException("the gate document is null");
        }
        catch (JsonException error)
        {
            throw new GateDocumentException($"the gate document is not one: {error.Message}", error);
        }
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GateJson.Default.SignedGateDocument);

    /// <summary>Checks signature, time and files, and returns what was signed. The verdict is the caller's to judge.</summary>
    /// <param name="publicKeyPem">The public key that is trusted (PEM, SubjectPublicKeyInfo).</param>
    /// <param name="modelDigest">The digest of the files at hand.</param>
    /// <param name="now">The time at which the document must hold.</param>
    /// <exception cref="GateDocumentException">One of the three does not hold; the message says which.</exception>
    public GateDocument Verify(string publicKeyPem, string modelDigest, DateTimeOffset now)
    {
        var payload = Decode(Payload, "payload");
        if (!GateKeys.Verify(publicKeyPem, payload, Decode(Signature, "signature")))
        {
            throw new GateDocumentException($"the gate document's signature (key {KeyId}) is not of the trusted key {GateKeys.KeyId(publicKeyPem)}");
        }

        var document = Read(payload);
        if (now > document.Expires)
        {
            throw new GateDocumentException($"the gate document expired at {document.Expires:O}");
        }

        return document.ModelDigest == modelDigest
            ? document
            : throw new GateDocumentException($"the gate document is about other files (digest {document.ModelDigest}, the files' is {modelDigest})");
    }

    private static byte[] Decode(string text, string member)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException error)
        {
            throw new GateDocumentException($"the gate document's {member} is not base64url", error);
        }
    }

    private static GateDocument Read(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, GateJson.Default.GateDocument)
                ?? throw new GateDocumentException("the gate document's payload is null");
        }
        catch (JsonException error)
        {
            throw new GateDocumentException($"the gate document's payload cannot be read: {error.Message}", error);
        }
    }
}
