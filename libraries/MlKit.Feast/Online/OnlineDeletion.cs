using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>
/// Removes rows from Redis. The server's pattern also finds keys of projects whose name ends like this one's and of
/// entities with more join keys, so each key is taken apart and compared exactly.
/// </summary>
internal sealed class OnlineDeletion(IConnectionMultiplexer redis, byte[] project, int batchSize)
{
    /// <summary>Redis' own page: the command is then the one that Feast sends.</summary>
    private const int Page = 10;

    private static readonly byte[] EventTimePrefix = HashFields.EventTime("");

    /// <summary>Removes one view's fields from every hash of its entities; a hash that holds nothing else goes.</summary>
    /// <returns>The hashes that held rows of the view.</returns>
    public Task<long> DeleteViewAsync(EntityKeyCodec codec, CatalogView view, CancellationToken cancellationToken)
    {
        RedisValue time = view.EventTimeField;
        RedisValue[] fields = [.. view.Features.Select(feature => (RedisValue)feature.Field), time];
        return EachBatchAsync(codec, DeleteAsync, cancellationToken);

        async Task<long> DeleteAsync(IDatabase database, List<RedisKey> keys)
        {
            var names = await Task.WhenAll(keys.Select(key => database.HashKeysAsync(key))).WaitAsync(cancellationToken);
            var held = Enumerable.Range(0, keys.Count).Where(i => names[i].Contains(time)).ToList();
            await Task.WhenAll(held.Select(i => names[i].Any(name => name != time && IsEventTime(name))
                ? (Task)database.HashDeleteAsync(keys[i], fields)
                : DeleteKeyAsync(database, keys[i]))).WaitAsync(cancellationToken);
            return held.Count;
        }
    }

    /// <summary>Removes every hash of the join keys.</summary>
    /// <returns>The hashes that were there.</returns>
    public Task<long> DeleteEntitiesAsync(EntityKeyCodec codec, CancellationToken cancellationToken) => EachBatchAsync(
        codec,
        async (database, keys) =>
        {
            var deleted = await Task.WhenAll(keys.Select(key => DeleteKeyAsync(database, key))).WaitAsync(cancellationToken);
            return deleted.Sum();
        },
        cancellationToken);

    private async Task<long> EachBatchAsync(
        EntityKeyCodec codec, Func<IDatabase, List<RedisKey>, Task<long>> delete, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var pattern = Pattern(codec);
        var deleted = 0L;
        foreach (var server in redis.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
        {
            // A scan may give a key twice.
            var batch = new HashSet<RedisKey>();
            await foreach (var key in server.KeysAsync(database.Database, pattern, Page).WithCancellation(cancellationToken))
            {
                if (codec.IsKey((byte[])key!, project) && batch.Add(key) && batch.Count == batchSize)
                {
                    deleted += await delete(database, [.. batch]);
                    batch.Clear();
                }
            }

            deleted += batch.Count > 0 ? await delete(database, [.. batch]) : 0;
        }

        return deleted;
    }

    /// <summary>The client's own call would send UNLINK.</summary>
    private static async Task<long> DeleteKeyAsync(IDatabase database, RedisKey key) => (long)await database.ExecuteAsync("DEL", key);

    private static bool IsEventTime(RedisValue field) => ((ReadOnlyMemory<byte>)field).Span.StartsWith(EventTimePrefix);

    /// <summary>What the keys start and end with; bytes that mean something in a pattern are marked as plain ones.</summary>
    private byte[] Pattern(EntityKeyCodec codec) => [.. Escape(codec.Prefix.Span), (byte)'*', .. Escape(project)];

    private static byte[] Escape(ReadOnlySpan<byte> bytes)
    {
        var escaped = new List<byte>(bytes.Length);
        foreach (var one in bytes)
        {
            if (one is (byte)'*' or (byte)'?' or (byte)'[' or (byte)']' or (byte)'^' or (byte)'\\')
            {
                escaped.Add((byte)'\\');
            }

            escaped.Add(one);
        }

        return [.. escaped];
    }
}
