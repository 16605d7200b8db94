using System.Text.Json.Serialization;

namespace MlKit.Tracking.Ui.Official;

internal sealed record UiTelemetryReply(bool DisableUiTelemetry, IReadOnlyList<string> DisableUiEvents, int UiRolloutPercentage);

internal sealed record GatewayReply(IReadOnlyList<string> Endpoints);

/// <summary>Answers that only MLflow's web UI reads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(UiTelemetryReply))]
[JsonSerializable(typeof(GatewayReply))]
internal sealed partial class UiJson : JsonSerializerContext;
