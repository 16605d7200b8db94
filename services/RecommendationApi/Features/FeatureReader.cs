using MlKit.Features;

namespace MlKit.RecommendationApi.Features;

/// <summary>Features of a user or of items, and whether they are the store's or remembered ones.</summary>
/// <param name="Value">The features; null: neither the store nor the memory has them.</param>
/// <param name="FromCache">The feature server did not answer.</param>
internal readonly record struct FeatureAnswer<T>(T? Value, bool FromCache)
    where T : class;

/// <summary>Reads features, and remembers them for the time when the feature server does not answer.</summary>
internal sealed partial class FeatureReader(FeatureClient client, ILogger<FeatureReader> logger)
{
    private const int MostUsers = 10_000;
    private const int MostItems = 100_000;
    private readonly RecentlyUsed<UserFeatures> _users = new(MostUsers);
    private readonly RecentlyUsed<ItemState> _items = new(MostItems);

    public async Task<FeatureAnswer<UserFeatures>> ReadUserAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            var user = await client.GetUserAsync(userId, cancellationToken);
            _users.Set(userId, user);
            return new(user, FromCache: false);
        }
        catch (FeatureServerException error)
        {
            LogFallback(error.Message);
            return new(_users.TryGet(userId, out var known) ? known : null, FromCache: true);
        }
    }

    /// <summary>Features of all items; null where the server does not answer and one of them is not remembered.</summary>
    public async Task<FeatureAnswer<IReadOnlyDictionary<string, ItemState>>> ReadItemsAsync(
        IReadOnlyList<string> itemIds, CancellationToken cancellationToken)
    {
        var items = new Dictionary<string, ItemState>(itemIds.Count, StringComparer.Ordinal);
        try
        {
            var states = await client.GetItemsAsync(itemIds, cancellationToken);
            for (var i = 0; i < itemIds.Count; i++)
            {
                items[itemIds[i]] = states[i];
                _items.Set(itemIds[i], states[i]);
            }

            return new(items, FromCache: false);
        }
        catch (FeatureServerException error)
        {
            LogFallback(error.Message);
            return new(Remembered(itemIds, items) ? items : null, FromCache: true);
        }
    }

    private bool Remembered(IReadOnlyList<string> itemIds, Dictionary<string, ItemState> items)
    {
        foreach (var id in itemIds)
        {
            if (!_items.TryGet(id, out var state))
            {
                return false;
            }

            items[id] = state;
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answering from remembered features: {Reason}")]
    private partial void LogFallback(string reason);
}
