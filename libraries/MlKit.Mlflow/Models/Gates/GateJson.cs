using System.Text.Json.Serialization;

namespace MlKit.Mlflow;

[JsonSerializable(typeof(GateDocument))]
[JsonSerializable(typeof(SignedGateDocument))]
internal sealed partial class GateJson : JsonSerializerContext;
