using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MlKit.Feast.Protos.Core;
using StackExchange.Redis;
using Value = MlKit.Feast.Protos.Types.Value;

namespace MlKit.Feast;

/// <summary>
/// The features of a service ready made, one message per entity, as Feast keeps them for services with
/// <c>precompute_online</c>: rows of a view called <c>__precomputed__SERVICE</c> with the one feature <c>vector</c>.
/// </summary>
internal sealed class PrecomputedVectors
{
    private const string Prefix = "__precomputed__";
    private const int BatchSize = 1_000;

    private readonly OnlineStore _store;
    private readonly OnlinePlan _plan;
    private readonly CatalogView _view;
    private readonly EntityKeyCodec _codec;

    private PrecomputedVectors(string service, OnlinePlan plan, CatalogView keys, OnlineStore store)
    {
        (_store, _plan) = (store, plan);
        _view = View(service, keys.JoinKeys);
        _codec = store.Keys([.. keys.JoinKeys.Select(key => key.Name)]);
        Keys = plan.Groups.First(group => group.IsEntityless == keys.IsEntityless);
    }

    /// <summary>The views whose key the vectors have.</summary>
    public ReadGroup Keys { get; }

    /// <summary>The vectors of a service whose plan has long names; null where it has none, or views of several entities.</summary>
    public static PrecomputedVectors? Of(Protos.Core.FeatureService service, OnlinePlan plan, OnlineStore store)
    {
        var keyed = plan.Groups.Where(group => !group.IsEntityless).ToList();
        var keys = keyed.Count > 0 ? keyed[0].Views[0] : plan.Views.Count > 0 ? plan.Views[0] : null;
        return service.Spec.PrecomputeOnline && keyed.Count < 2 && keys is not null && keys.RequestKeys.SequenceEqual(keys.View.JoinKeys.Select(key => key.Name))
            ? new PrecomputedVectors(service.Spec.Name, plan, keys.View, store)
            : null;
    }

    /// <summary>The view that the vectors of a service are rows of.</summary>
    public static CatalogView View(string service, IEnumerable<Field> joinKeys) => new(
        new FeatureViewSpec
        {
            Name = Prefix + service,
            EntityColumns = { joinKeys.Select(key => new FeatureSpecV2 { Name = key.Name, ValueType = (Protos.Types.ValueType.Types.Enum)key.Type }) },
            Features = { new FeatureSpecV2 { Name = "vector", ValueType = Protos.Types.ValueType.Types.Enum.Bytes } },
        },
        null);

    /// <summary>Makes the vectors of some entities from what the online store has now.</summary>
    /// <param name="rows">Rows of a view of the service; their keys count.</param>
    /// <param name="view">That view.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <exception cref="FeastException">The store does not answer, or holds what is no value.</exception>
    public async Task RebuildAsync(IAsyncEnumerable<OnlineRow> rows, CatalogView view, TimeProvider time, CancellationToken cancellationToken)
    {
        if (view.JoinKeys.Count != _view.JoinKeys.Count || view.IsEntityless != _view.IsEntityless)
        {
            return;
        }

        int[] order = [.. _view.JoinKeys.Select(key => view.JoinKeys.ToList().FindIndex(other => other.Name == key.Name))];
        await foreach (var batch in rows.Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            var keys = Array.ConvertAll(batch, row => Array.ConvertAll(order, part => row.Key[part]));
            var vectors = await BuildAsync(keys, time.GetUtcNow(), cancellationToken);
            await WriteAsync(_store, _view, keys.Zip(vectors), EventTime.From(time.GetUtcNow()), cancellationToken);
        }
    }

    /// <summary>Writes vectors as Feast does: as rows whose event time is the time of the write.</summary>
    public static Task<int> WriteAsync(
        OnlineStore store, CatalogView view, IEnumerable<(Value[] Key, PrecomputedFeatureVector Vector)> vectors, EventTime now, CancellationToken cancellationToken) =>
        store.WriteAsync(
            view, view.Features, vectors.Select(one => new OnlineRow(one.Key, now, [new Value { BytesVal = one.Vector.ToByteString() }])), cancellationToken);

    /// <summary>The vectors of some keys; null where one is missing or has other features, so that they cannot be used.</summary>
    /// <exception cref="FeastException">The store does not answer.</exception>
    public async Task<PrecomputedFeatureVector[]?> ReadAsync(IReadOnlyList<byte[]> keys, CancellationToken cancellationToken)
    {
        var replies = await _store.ReadAsync(keys, [_view.Features[0].Field], cancellationToken);
        var vectors = Array.ConvertAll(replies, reply => Parse(reply[0]));
        var names = _plan.Views.SelectMany(view => view.OutputNames).ToHashSet(StringComparer.Ordinal);
        return Array.TrueForAll(vectors, vector => vector is not null && vector.Values.Count == vector.FeatureNames.Count && names.SetEquals(vector.FeatureNames))
            ? [.. vectors.OfType<PrecomputedFeatureVector>()]
            : null;
    }

    private static PrecomputedFeatureVector? Parse(RedisValue bytes)
    {
        try
        {
            return bytes.IsNullOrEmpty ? null : PrecomputedFeatureVector.Parser.ParseFrom(Value.Parser.ParseFrom((byte[])bytes!).BytesVal);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private async Task<PrecomputedFeatureVector[]> BuildAsync(Value[][] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = Array.ConvertAll(keys, key => _store.Key(_codec, key));
        var replies = await Task.WhenAll(_plan.Groups.Select(group => _store.ReadAsync(
            group.IsEntityless ? [_store.Key(group.Codec, [new Value { StringVal = "" }])] : own, group.Fields, cancellationToken)));
        return [.. keys.Select((_, row) => Build([.. replies.Select((reply, group) => reply[_plan.Groups[group].IsEntityless ? 0 : row])], now))];
    }

    private PrecomputedFeatureVector Build(RedisValue[][] replies, DateTimeOffset now)
    {
        var vector = new PrecomputedFeatureVector { PrecomputedAt = now.ToTimestamp() };
        foreach (var view in _plan.Views)
        {
            var group = _plan.Groups.ToList().FindIndex(group => group.Views.Contains(view));
            var next = _plan.Groups[group].Views.TakeWhile(other => other != view).Sum(other => other.Features.Count + 1);
            foreach (var name in view.OutputNames)
            {
                var bytes = replies[group][next++];
                vector.FeatureNames.Add(name);
                vector.Values.Add(bytes.IsNull ? new Value() : Value.Parser.ParseFrom((byte[])bytes!));
            }

            var time = replies[group][next].IsNull ? EventTime.Epoch : EventTime.Parse((byte[])replies[group][next]!);
            vector.FvTimestamps.Add(new FeatureViewTimestamp { FeatureViewName = view.View.Name, EventTimestamp = new Timestamp { Seconds = time.Seconds, Nanos = time.Nanos } });
        }

        return vector;
    }
}
