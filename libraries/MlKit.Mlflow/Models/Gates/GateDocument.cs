using System.Text.Json.Serialization;

namespace MlKit.Mlflow;

/// <summary>What the promotion gates found about one set of model files; the payload of a <see cref="SignedGateDocument"/>.</summary>
public sealed record GateDocument
{
    /// <summary>The verdict of a model that may serve.</summary>
    public const string Passed = "passed";

    /// <summary>The verdict of a model that must not be promoted.</summary>
    public const string Refused = "refused";

    /// <summary>Registered name of the model.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>The files that were judged, as <see cref="Mlflow.ModelDigest"/> sums them up (64 hex digits).</summary>
    [JsonPropertyName("modelDigest")]
    public required string ModelDigest { get; init; }

    /// <summary>The run that made the model.</summary>
    [JsonPropertyName("runId")]
    public required string RunId { get; init; }

    /// <summary>When the gates ran.</summary>
    [JsonPropertyName("created")]
    public required DateTimeOffset Created { get; init; }

    /// <summary>After this time the document proves nothing any more.</summary>
    [JsonPropertyName("expires")]
    public required DateTimeOffset Expires { get; init; }

    /// <summary><see cref="Passed"/> or <see cref="Refused"/>.</summary>
    [JsonPropertyName("verdict")]
    public required string Verdict { get; init; }

    /// <summary>Each gate with what it found.</summary>
    [JsonPropertyName("gates")]
    public required IReadOnlyList<GateFinding> Gates { get; init; }
}
