namespace MlKit.Feast;

/// <summary>What a request reads from one view.</summary>
/// <param name="View">The view.</param>
/// <param name="RequestKeys">The name of each join key in requests, in the view's order.</param>
/// <param name="Features">The features.</param>
/// <param name="OutputNames">Their names in the answer.</param>
internal sealed record PlannedView(
    CatalogView View,
    IReadOnlyList<string> RequestKeys,
    IReadOnlyList<CatalogFeature> Features,
    IReadOnlyList<string> OutputNames);
