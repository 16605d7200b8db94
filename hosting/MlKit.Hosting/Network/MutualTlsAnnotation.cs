using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>Only callers that a service mesh has identified may connect.</summary>
public sealed class MutualTlsAnnotation : IResourceAnnotation;
