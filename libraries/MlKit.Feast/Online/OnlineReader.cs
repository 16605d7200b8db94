using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>Answers online requests: one pipeline for all views and entities.</summary>
internal sealed class OnlineReader(OnlineStore store, TimeProvider time, bool strict)
{
    public async Task<OnlineFeatures> ReadAsync(
        ProjectCatalog catalog, OnlinePlan plan, IReadOnlyList<FeatureColumn> entities, CancellationToken cancellationToken)
    {
        var keys = EntityColumns.Read(catalog, plan, entities);
        var reads = new Task<RedisValue[][]>[plan.Groups.Count];
        var replyOfRow = new int[plan.Groups.Count][];
        // Every group's keys are made before the first command is sent: a bad key sends none.
        var groupKeys = new List<byte[]>[plan.Groups.Count];
        for (var i = 0; i < reads.Length; i++)
        {
            groupKeys[i] = KeysOf(plan.Groups[i], plan, keys, out replyOfRow[i]);
        }

        for (var i = 0; i < reads.Length; i++)
        {
            reads[i] = store.ReadAsync(groupKeys[i], plan.Groups[i].Fields, cancellationToken);
        }

        var replies = await Task.WhenAll(reads);
        var rowsOfView = new Dictionary<PlannedView, (OnlineRows Rows, int Offset)>(plan.Views.Count, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < replies.Length; i++)
        {
            var offset = 0;
            foreach (var view in plan.Groups[i].Views)
            {
                rowsOfView[view] = (new OnlineRows(replies[i], replyOfRow[i], offset + view.Features.Count), offset);
                offset += view.Features.Count + 1;
            }
        }

        return Answer(plan, keys, rowsOfView);
    }

    private OnlineFeatures Answer(OnlinePlan plan, EntityColumns keys, Dictionary<PlannedView, (OnlineRows Rows, int Offset)> rowsOfView)
    {
        var present = new FieldStatus[keys.RowCount];
        Array.Fill(present, FieldStatus.Present);
        var epochs = new EventTime[keys.RowCount];
        var columns = new List<OnlineColumn>(keys.Columns.Count + plan.FeatureCount);
        foreach (var (name, values) in keys.Columns)
        {
            columns.Add(new OnlineColumn(name, values, present, epochs));
        }

        foreach (var view in plan.Views)
        {
            var (rows, offset) = rowsOfView[view];
            for (var feature = 0; feature < view.Features.Count; feature++)
            {
                var statuses = strict ? Strict(view.View, rows, offset + feature) : present;
                columns.Add(new OnlineColumn(view.OutputNames[feature], rows, offset + feature, statuses));
            }
        }

        return new OnlineFeatures(columns, keys.Columns.Count, plan);
    }

    /// <summary>The distinct keys of a group, and which of them each row reads.</summary>
    private List<byte[]> KeysOf(ReadGroup group, OnlinePlan plan, EntityColumns keys, out int[] replyOfRow)
    {
        replyOfRow = new int[keys.RowCount];
        if (group.IsEntityless)
        {
            return [store.Key(group.Codec, [new Value { StringVal = "" }])];
        }

        var parts = keys.PartsOf(group.Views[0], plan);
        var codec = parts.Count == group.Views[0].RequestKeys.Count ? group.Codec : store.Keys([.. parts.Select(part => part.JoinKey)]);
        var distinct = new List<byte[]>(replyOfRow.Length);
        var known = new Dictionary<byte[], int>(replyOfRow.Length, ByteComparer.Instance);
        var values = new Value[parts.Count];
        for (var row = 0; row < replyOfRow.Length; row++)
        {
            for (var part = 0; part < values.Length; part++)
            {
                values[part] = parts[part].Values[row];
            }

            var key = store.Key(codec, values);
            if (!known.TryGetValue(key, out replyOfRow[row]))
            {
                known[key] = replyOfRow[row] = distinct.Count;
                distinct.Add(key);
            }
        }

        return distinct;
    }

    private FieldStatus[] Strict(CatalogView view, OnlineRows rows, int field)
    {
        var statuses = new FieldStatus[rows.Count];
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        for (var row = 0; row < statuses.Length; row++)
        {
            statuses[row] = !rows.Known[row] ? FieldStatus.NotFound
                : view.Ttl is { Ticks: > 0 } ttl && now - rows.Times[row].Seconds > (long)ttl.TotalSeconds ? FieldStatus.OutsideMaxAge
                : rows.Reply(row, field).IsNullOrEmpty ? FieldStatus.NullValue
                : FieldStatus.Present;
        }

        return statuses;
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
