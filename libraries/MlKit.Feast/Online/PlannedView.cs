using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>What a request reads from one view.</summary>
/// <param name="View">The view.</param>
/// <param name="RequestKeys">The name of each join key in requests, in the view's order.</param>
/// <param name="Features">The features.</param>
/// <param name="OutputNames">Their names in the answer.</param>
/// <param name="Fields">Their fields in the hash, and the event time's last.</param>
/// <param name="Codec">Makes key codecs for any subset of the view's join keys.</param>
internal sealed record PlannedView(
    CatalogView View,
    IReadOnlyList<string> RequestKeys,
    IReadOnlyList<CatalogFeature> Features,
    IReadOnlyList<string> OutputNames,
    RedisValue[] Fields,
    Func<IReadOnlyList<string>, EntityKeyCodec> Codec);
