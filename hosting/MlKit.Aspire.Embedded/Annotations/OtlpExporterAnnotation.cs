namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource sends telemetry.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation
{
    /// <summary>The protocol that it must be sent by; null leaves the choice to the host.</summary>
    public OtlpProtocol? RequiredProtocol { get; init; }
}
