using System.Text.Json.Serialization;

namespace MlKit.FeatureServer.Http;

/// <summary>Serialization without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class BodyJson : JsonSerializerContext;
