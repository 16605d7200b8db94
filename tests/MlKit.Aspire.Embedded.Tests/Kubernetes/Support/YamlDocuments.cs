using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking;

namespace MlKit.Tests.Kubernetes;

/// <summary>Reads YAML as an API server does.</summary>
internal static class YamlDocuments
{
    public static List<JsonObject> Parse(string text) => [.. YamlReader.Read(text).OfType<JsonObject>()];
}
