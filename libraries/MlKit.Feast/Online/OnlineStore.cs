using System.Text;
using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>Rows of feature views in Redis, in Feast's own layout: one hash per entity key and project.</summary>
internal sealed class OnlineStore
{
    private readonly IConnectionMultiplexer _redis;
    private readonly OnlineStoreOptions _options;
    private readonly byte[] _project;

    public OnlineStore(IConnectionMultiplexer redis, string project, OnlineStoreOptions options)
    {
        if (options.BatchSize < 1)
        {
            throw new FeastException($"the online store's batch size is {options.BatchSize}; it must be at least 1");
        }

        _redis = redis;
        _options = options;
        _project = Encoding.UTF8.GetBytes(project);
    }

    /// <summary>Prepares the Redis keys of some join keys.</summary>
    public EntityKeyCodec Keys(IReadOnlyList<string> joinKeys) => new(joinKeys, _options.EntityKeyVersion);

    /// <summary>The Redis key of one entity: the serialized entity key and the project's name.</summary>
    public byte[] Key(EntityKeyCodec codec, IReadOnlyList<Value> values) => codec.Serialize(values, _project);

    /// <summary>
    /// Writes rows of one view in pipelines. A row is skipped when its event time is not after the stored one, or not
    /// after that of an earlier row of the same key. Returns how many rows were written.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="features">The features that each row has values of.</param>
    /// <param name="rows">The rows; read as the store takes them.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <param name="progress">Is told after each pipeline how many rows were looked at and how many written.</param>
    /// <exception cref="FeastException">The store does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public async Task<int> WriteAsync(
        CatalogView view,
        IReadOnlyList<CatalogFeature> features,
        IAsyncEnumerable<OnlineRow> rows,
        CancellationToken cancellationToken,
        Action<long, long>? progress = null)
    {
        var codec = Keys([.. view.JoinKeys.Select(key => key.Name)]);
        var written = 0;
        var looked = 0L;
        var pending = new PendingWrites(0, 0, Task.CompletedTask);
        await foreach (var batch in rows.Chunk(_options.BatchSize).WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // While the store works on these, the next rows are read and made ready. The store takes commands in their
            // order, so the next look at stored times sees what is on its way.
            var next = await GuardAsync(() => SendBatchAsync(view, features, codec, batch, cancellationToken));
            await CompleteAsync(pending);
            pending = next;
        }

        await CompleteAsync(pending);
        return written;

        async Task CompleteAsync(PendingWrites writes)
        {
            written += await GuardAsync(async () =>
            {
                await writes.Answers.WaitAsync(cancellationToken);
                return writes.Written;
            });
            looked += writes.Rows;
            if (writes.Rows > 0)
            {
                progress?.Invoke(looked, written);
            }
        }
    }

    /// <summary>The same for rows that are there.</summary>
    public Task<int> WriteAsync(
        CatalogView view, IReadOnlyList<CatalogFeature> features, IEnumerable<OnlineRow> rows, CancellationToken cancellationToken) =>
        WriteAsync(view, features, rows.ToAsyncEnumerable(), cancellationToken);

    /// <summary>Reads the same fields of many hashes in one pipeline; an absent field is a null value.</summary>
    /// <exception cref="FeastException">The store does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public Task<RedisValue[][]> ReadAsync(IReadOnlyList<byte[]> keys, RedisValue[] fields, CancellationToken cancellationToken) =>
        GuardAsync(() =>
        {
            var database = _redis.GetDatabase();
            var replies = new Task<RedisValue[]>[keys.Count];
            for (var i = 0; i < replies.Length; i++)
            {
                replies[i] = database.HashGetAsync(keys[i], fields);
            }

            return Task.WhenAll(replies).WaitAsync(cancellationToken);
        });

    /// <summary>Removes one view's rows of this project; other views of the same entities stay.</summary>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="FeastException">The store does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public Task<long> DeleteViewAsync(CatalogView view, CancellationToken cancellationToken) =>
        GuardAsync(() => Deletion.DeleteViewAsync(Keys([.. view.JoinKeys.Select(key => key.Name)]), view, cancellationToken));

    /// <summary>Removes all rows of this project under some join keys.</summary>
    /// <returns>How many entities there were.</returns>
    /// <exception cref="FeastException">The store does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public Task<long> DeleteEntitiesAsync(IReadOnlyList<string> joinKeys, CancellationToken cancellationToken) =>
        GuardAsync(() => Deletion.DeleteEntitiesAsync(Keys(joinKeys), cancellationToken));

    /// <summary>Whether the store answers at all.</summary>
    /// <exception cref="FeastException">The store does not answer (<see cref="FeastError.StoreUnavailable"/>).</exception>
    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) =>
        GuardAsync(() => _redis.GetDatabase().PingAsync().WaitAsync(cancellationToken));

    private OnlineDeletion Deletion => new(_redis, _project, _options.BatchSize);

    /// <summary>Looks which rows are newer than the stored ones, and sends them without waiting for the answers.</summary>
    private async Task<PendingWrites> SendBatchAsync(
        CatalogView view, IReadOnlyList<CatalogFeature> features, EntityKeyCodec codec, OnlineRow[] batch, CancellationToken cancellationToken)
    {
        var database = _redis.GetDatabase();
        var keys = Array.ConvertAll(batch, row => Key(codec, row.Key));
        var keep = _options.SkipDedup ? null : await NewerAsync(database, view, keys, batch, cancellationToken);

        var pending = new List<Task>(batch.Length);
        var written = 0;
        for (var i = 0; i < batch.Length; i++)
        {
            if (keep is not null && !keep[i])
            {
                continue;
            }

            written++;
            // ExecuteAsync, because HashSetAsync would send HMSET.
            pending.Add(database.ExecuteAsync("HSET", Arguments(view, features, keys[i], batch[i])));
            if (_options.KeyTtl is { } life)
            {
                pending.Add(database.KeyExpireAsync(keys[i], life));
            }
        }

        return new PendingWrites(batch.Length, written, Task.WhenAll(pending));
    }

    private static async Task<bool[]> NewerAsync(
        IDatabase database, CatalogView view, byte[][] keys, OnlineRow[] batch, CancellationToken cancellationToken)
    {
        RedisValue[] field = [view.EventTimeField];
        var stored = await Task.WhenAll(Array.ConvertAll(keys, key => database.HashGetAsync(key, field))).WaitAsync(cancellationToken);
        var newest = new Dictionary<RedisKey, EventTime>();
        var keep = new bool[batch.Length];
        for (var i = 0; i < keep.Length; i++)
        {
            RedisKey key = keys[i];
            if (!newest.TryGetValue(key, out var last))
            {
                last = stored[i][0].IsNull ? EventTime.Epoch : EventTime.Parse((byte[])stored[i][0]!);
            }

            // A stored time at or before the epoch counts as "nothing there".
            keep[i] = last <= EventTime.Epoch || batch[i].EventTime > last;
            if (keep[i])
            {
                newest[key] = batch[i].EventTime;
            }
        }

        return keep;
    }

    private static object[] Arguments(CatalogView view, IReadOnlyList<CatalogFeature> features, byte[] key, OnlineRow row)
    {
        var arguments = new object[3 + (2 * features.Count)];
        arguments[0] = (RedisKey)key;
        arguments[1] = (RedisValue)view.EventTimeField;
        arguments[2] = (RedisValue)row.EventTime.ToBytes();
        for (var i = 0; i < features.Count; i++)
        {
            arguments[3 + (2 * i)] = (RedisValue)features[i].Field;
            arguments[4 + (2 * i)] = (RedisValue)Google.Protobuf.MessageExtensions.ToByteArray(row.Values[i]);
        }

        return arguments;
    }

    /// <summary>A batch that was sent.</summary>
    /// <param name="Rows">Rows that were looked at.</param>
    /// <param name="Written">Rows that were newer.</param>
    /// <param name="Answers">Done when the store has answered.</param>
    private sealed record PendingWrites(int Rows, int Written, Task Answers);

    /// <summary>The client's own messages hold keys, which are users' ids; they stay inside.</summary>
    private async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception error) when (error is RedisConnectionException or ObjectDisposedException)
        {
            throw Unavailable("is not connected", error);
        }
        catch (Exception error) when (error is RedisTimeoutException or TimeoutException)
        {
            throw Unavailable("does not answer in time", error);
        }
        catch (RedisServerException error)
        {
            throw Unavailable($"refused a command: {error.Message}", error);
        }
    }

    private FeastException Unavailable(string what, Exception cause)
    {
        var addresses = string.Join(", ", _redis.GetEndPoints(configuredOnly: true)
            .Select(address => address is System.Net.DnsEndPoint name ? $"{name.Host}:{name.Port}" : address.ToString()));
        return new FeastException(FeastError.StoreUnavailable, $"the online store at {addresses} {what}", null, cause);
    }
}
