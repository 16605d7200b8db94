using System.Text.Json.Serialization;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>One thing that is wrong with a manifest.</summary>
/// <param name="File">The file, relative to the folder that is checked.</param>
/// <param name="Object"><c>KIND/NAME</c>, or empty where a document is no object.</param>
/// <param name="Path">The field, such as <c>spec.template.spec.containers[0].image</c>; empty for the whole object.</param>
/// <param name="Rule"><c>schema</c>, <c>yaml</c>, or the name of a rule about several objects.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
internal sealed record Problem(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("rule")] string Rule,
    [property: JsonPropertyName("severity")] string Severity,
    [property: JsonPropertyName("message")] string Message)
{
    public const string Error = "error";
    public const string Warning = "warning";

    [JsonIgnore]
    public bool IsError => Severity == Error;

    /// <summary>One line for a reader.</summary>
    public override string ToString() =>
        $"{File}: {(Object.Length > 0 ? $"{Object} " : "")}{(Path.Length > 0 ? $"{Path}: " : "")}{Message} [{Rule}]";
}
