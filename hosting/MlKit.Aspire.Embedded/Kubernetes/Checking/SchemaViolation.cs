namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>A place of an object that its schema refuses.</summary>
/// <param name="Path">The field.</param>
/// <param name="Message">The reason.</param>
internal sealed record SchemaViolation(string Path, string Message);
