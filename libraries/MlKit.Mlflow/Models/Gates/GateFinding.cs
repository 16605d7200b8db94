using System.Text.Json.Serialization;

namespace MlKit.Mlflow;

/// <summary>What one promotion gate found.</summary>
public sealed record GateFinding
{
    /// <summary>Name of the gate.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Whether the model may pass.</summary>
    [JsonPropertyName("passed")]
    public required bool Passed { get; init; }

    /// <summary>What was measured and what was demanded, in words.</summary>
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }
}
