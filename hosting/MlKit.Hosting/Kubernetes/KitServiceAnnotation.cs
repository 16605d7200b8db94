using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// The resource is a service of the kit's kind: it answers <c>/health</c> and <c>/alive</c>, and reads secrets as files
/// from <c>/run/secrets/mlkit</c>.
/// </summary>
internal sealed class KitServiceAnnotation : IResourceAnnotation;
