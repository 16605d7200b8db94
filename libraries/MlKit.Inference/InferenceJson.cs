using System.Text.Json.Serialization;

namespace MlKit.Inference;

/// <summary>Serialisers of the fixed messages; requests and responses of an inference have their own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ModelMetadata))]
[JsonSerializable(typeof(ServerLive))]
[JsonSerializable(typeof(ServerReady))]
[JsonSerializable(typeof(ModelReady))]
[JsonSerializable(typeof(InferenceError))]
public sealed partial class InferenceJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /v2/health/live</c>.</summary>
/// <param name="Live">The process answers.</param>
public sealed record ServerLive(bool Live);

/// <summary>Answer of <c>GET /v2/health/ready</c>.</summary>
/// <param name="Ready">Every model that the server means to serve is loaded.</param>
public sealed record ServerReady(bool Ready);

/// <summary>Answer of <c>GET /v2/models/NAME/ready</c>.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Ready">The model can serve.</param>
public sealed record ModelReady(string Name, bool Ready);

/// <summary>The error body of the protocol.</summary>
/// <param name="Error">What was wrong and what is allowed.</param>
public sealed record InferenceError(string Error);
