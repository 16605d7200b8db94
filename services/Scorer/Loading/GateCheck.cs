using MlKit.Inference;
using MlKit.Mlflow;

namespace MlKit.Scorer.Loading;

/// <summary>Checks that the promotion gates let exactly these files pass.</summary>
internal sealed class GateCheck(ScorerOptions options, TimeProvider time)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Whether the version is verified: always where a gate is required, never where it is not.</summary>
    /// <exception cref="InferenceException">Unavailable: a gate is required and the document does not verify; the message says why.</exception>
    public async Task<bool> VerifyAsync(RegistryVersion version, string folder, CancellationToken cancellationToken)
    {
        if (!options.RequireGate)
        {
            return false;
        }

        try
        {
            var file = Path.Combine(folder, SignedGateDocument.FileName);
            if (!File.Exists(file))
            {
                throw new GateDocumentException($"the model has no {SignedGateDocument.FileName}");
            }

            var key = await File.ReadAllTextAsync(options.GatePublicKey!, cancellationToken);
            var signed = SignedGateDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            var now = time.GetUtcNow();
            Check(signed.Verify(key, await ModelDigest.ComputeAsync(folder, cancellationToken), now), version, now);
            return true;
        }
        catch (Exception error) when (error is GateDocumentException or IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, $"the promotion gate is not proven: {error.Message}", error);
        }
    }

    private static void Check(GateDocument document, RegistryVersion version, DateTimeOffset now)
    {
        if (document.Model != version.Name)
        {
            throw new GateDocumentException($"the gate document is about model '{document.Model}'");
        }

        if (document.Verdict != GateDocument.Passed)
        {
            throw new GateDocumentException($"the gates' verdict is '{document.Verdict}'");
        }

        if (document.Created > now + ClockSkew)
        {
            throw new GateDocumentException($"the gate document was made in the future, at {document.Created:O}");
        }
    }
}
