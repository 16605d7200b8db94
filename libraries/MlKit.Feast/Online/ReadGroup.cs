using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>Views whose rows share one hash per entity, so that one command reads them all.</summary>
internal sealed class ReadGroup
{
    /// <param name="views">The views; each with the same join keys under the same names in requests.</param>
    /// <param name="store">Makes the key codec.</param>
    public ReadGroup(IReadOnlyList<PlannedView> views, OnlineStore store)
    {
        Views = views;
        Fields = [.. views.SelectMany(view => view.Features.Select(feature => (RedisValue)feature.Field).Append(view.View.EventTimeField))];
        Codec = store.Keys([.. views[0].View.JoinKeys.Select(key => key.Name)]);
    }

    public IReadOnlyList<PlannedView> Views { get; }

    /// <summary>The fields of all views: of each its features, then its event time.</summary>
    public RedisValue[] Fields { get; }

    /// <summary>Makes keys of all join keys.</summary>
    public EntityKeyCodec Codec { get; }

    public bool IsEntityless => Views[0].View.IsEntityless;

    /// <summary>Groups the views of a plan.</summary>
    public static IReadOnlyList<ReadGroup> Of(IReadOnlyList<PlannedView> views, OnlineStore store) =>
    [
        .. views.GroupBy(view => string.Join('\0', view.View.JoinKeys.Zip(view.RequestKeys, (key, name) => $"{key.Name}\0{name}")))
            .Select(group => new ReadGroup([.. group], store)),
    ];
}
