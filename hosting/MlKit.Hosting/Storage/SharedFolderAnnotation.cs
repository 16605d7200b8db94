using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>
/// The resource keeps files where others find them: in the bucket of the application, or in a volume that is mounted
/// where the installation chose that.
/// </summary>
/// <param name="Claim">The volume's name, without the release's.</param>
/// <param name="Path">Where it is mounted.</param>
/// <param name="IsOwner">Whether the volume is published with this resource; one of its users is the owner.</param>
internal sealed record SharedFolderAnnotation(string Claim, string Path, bool IsOwner) : IResourceAnnotation;
