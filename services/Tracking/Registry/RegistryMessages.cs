using MlKit.Tracking.Experiments;

namespace MlKit.Tracking.Registry;

internal sealed record RegisteredModelMessage(
    string Name, long CreationTimestamp, long LastUpdatedTimestamp, string? Description,
    IReadOnlyList<ModelVersionMessage>? LatestVersions, IReadOnlyList<KeyValue>? Tags, IReadOnlyList<AliasMessage>? Aliases);

internal sealed record AliasMessage(string Alias, string Version);

internal sealed record ModelVersionMessage(
    string Name, string Version, long CreationTimestamp, long LastUpdatedTimestamp, string CurrentStage,
    string Description, string Source, string RunId, string Status, string RunLink, IReadOnlyList<KeyValue>? Tags,
    IReadOnlyList<string>? Aliases);

internal sealed record RegisteredModelReply(RegisteredModelMessage RegisteredModel);

internal sealed record RegisteredModelsReply(IReadOnlyList<RegisteredModelMessage>? RegisteredModels, string? NextPageToken);

internal sealed record ModelVersionReply(ModelVersionMessage ModelVersion);

internal sealed record ModelVersionsReply(IReadOnlyList<ModelVersionMessage>? ModelVersions, string? NextPageToken);

internal sealed record DownloadUriReply(string ArtifactUri);
