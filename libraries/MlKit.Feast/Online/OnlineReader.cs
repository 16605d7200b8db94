using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>Answers online requests: one pipeline for all views and entities.</summary>
internal sealed class OnlineReader(OnlineStore store, TimeProvider time, bool strict)
{
    private static readonly byte[] Nothing = [];

    public async Task<OnlineFeatures> ReadAsync(
        ProjectCatalog catalog, OnlinePlan plan, IReadOnlyList<FeatureColumn> entities, CancellationToken cancellationToken)
    {
        var keys = EntityColumns.Read(catalog, plan, entities);
        var reads = new List<(byte[] Key, RedisValue[] Fields)>();
        var rowsOfView = new int[plan.Views.Count][];
        for (var i = 0; i < rowsOfView.Length; i++)
        {
            rowsOfView[i] = AddReads(plan.Views[i], plan, keys, reads);
        }

        var replies = await store.ReadAsync(reads, cancellationToken);
        var columns = new List<OnlineColumn>();
        columns.AddRange(keys.Columns.Select(key => KeyColumn(key.Name, key.Values)));
        for (var i = 0; i < rowsOfView.Length; i++)
        {
            AddColumns(columns, plan.Views[i], rowsOfView[i], replies);
        }

        return new OnlineFeatures(columns, plan.ViewVersions);
    }

    /// <summary>Adds one read per distinct key and returns the index of each row's read.</summary>
    private int[] AddReads(PlannedView view, OnlinePlan plan, EntityColumns keys, List<(byte[] Key, RedisValue[] Fields)> reads)
    {
        var rows = new int[keys.RowCount];
        if (view.View.IsEntityless)
        {
            Array.Fill(rows, reads.Count);
            reads.Add((store.Key(view.Codec([Entity.DummyJoinKey]), [new Value { StringVal = "" }]), view.Fields));
            return rows;
        }

        var parts = keys.PartsOf(view, plan);
        var codec = view.Codec([.. parts.Select(part => part.JoinKey)]);
        var known = new Dictionary<byte[], int>(ByteComparer.Instance);
        var values = new Value[parts.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var part = 0; part < values.Length; part++)
            {
                values[part] = parts[part].Values[row];
            }

            var key = store.Key(codec, values);
            if (!known.TryGetValue(key, out rows[row]))
            {
                known[key] = rows[row] = reads.Count;
                reads.Add((key, view.Fields));
            }
        }

        return rows;
    }

    private static OnlineColumn KeyColumn(string name, Value[] values)
    {
        var statuses = new FieldStatus[values.Length];
        Array.Fill(statuses, FieldStatus.Present);
        return new OnlineColumn(
            name,
            Array.ConvertAll(values, value => (ReadOnlyMemory<byte>)Google.Protobuf.MessageExtensions.ToByteArray(value)),
            statuses,
            new EventTime[values.Length]);
    }

    private void AddColumns(List<OnlineColumn> columns, PlannedView view, int[] rows, RedisValue[][] replies)
    {
        var times = new EventTime[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            times[row] = replies[rows[row]][^1] is { IsNull: false } stored ? EventTime.Parse((byte[])stored!) : EventTime.Epoch;
        }

        for (var feature = 0; feature < view.Features.Count; feature++)
        {
            var values = new ReadOnlyMemory<byte>[rows.Length];
            var statuses = new FieldStatus[rows.Length];
            for (var row = 0; row < rows.Length; row++)
            {
                var reply = replies[rows[row]];
                values[row] = reply[feature].IsNull ? Nothing : (byte[])reply[feature]!;
                statuses[row] = strict ? Strict(view.View, reply, values[row], times[row]) : FieldStatus.Present;
            }

            columns.Add(new OnlineColumn(view.OutputNames[feature], values, statuses, times));
        }
    }

    private FieldStatus Strict(CatalogView view, RedisValue[] reply, ReadOnlyMemory<byte> value, EventTime eventTime)
    {
        if (reply[^1].IsNull)
        {
            return FieldStatus.NotFound;
        }

        var age = time.GetUtcNow().ToUnixTimeSeconds() - eventTime.Seconds;
        if (view.Ttl is { } ttl && ttl > TimeSpan.Zero && age > (long)ttl.TotalSeconds)
        {
            return FieldStatus.OutsideMaxAge;
        }

        return value.IsEmpty ? FieldStatus.NullValue : FieldStatus.Present;
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>
    {
        public static ByteComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
