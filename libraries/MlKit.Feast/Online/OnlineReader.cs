using MlKit.Feast.Protos.Core;
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

        if (plan.Vectors is { } vectors)
        {
            var own = plan.Groups.ToList().IndexOf(vectors.Keys);
            if (await vectors.ReadAsync(groupKeys[own], cancellationToken) is { } read)
            {
                return Answer(plan, keys, Array.ConvertAll(replyOfRow[own], reply => read[reply]));
            }
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

    /// <summary>As Feast answers from vectors: the time is that of their making, and here the ttl counts.</summary>
    private OnlineFeatures Answer(OnlinePlan plan, EntityColumns keys, PrecomputedFeatureVector[] vectors)
    {
        var columns = KeyColumns(keys, out _);
        var times = Array.ConvertAll(vectors, vector => new EventTime(vector.PrecomputedAt?.Seconds ?? 0, vector.PrecomputedAt?.Nanos ?? 0));
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var view in plan.Views)
        {
            var expired = Array.ConvertAll(vectors, vector => IsOld(
                view.View, vector.FvTimestamps.FirstOrDefault(one => one.FeatureViewName == view.View.Name)?.EventTimestamp?.Seconds ?? 0, now));
            foreach (var name in view.OutputNames)
            {
                var values = Array.ConvertAll(vectors, vector => vector.Values[vector.FeatureNames.IndexOf(name)]);
                columns.Add(new OnlineColumn(name, values, [.. expired.Select((old, row) => old ? FieldStatus.OutsideMaxAge
                    : strict && values[row].ValCase == Value.ValOneofCase.None ? FieldStatus.NullValue : FieldStatus.Present)], times));
            }
        }

        return new OnlineFeatures(columns, keys.Columns.Count, plan);
    }

    private static bool IsOld(CatalogView view, long eventSeconds, long nowSeconds) =>
        view.Ttl is { Ticks: > 0 } ttl && nowSeconds - eventSeconds > (long)ttl.TotalSeconds;

    private static List<OnlineColumn> KeyColumns(EntityColumns keys, out FieldStatus[] present)
    {
        present = new FieldStatus[keys.RowCount];
        Array.Fill(present, FieldStatus.Present);
        var epochs = new EventTime[keys.RowCount];
        var columns = new List<OnlineColumn>();
        foreach (var (name, values) in keys.Columns)
        {
            columns.Add(new OnlineColumn(name, values, present, epochs));
        }

        return columns;
    }

    private OnlineFeatures Answer(OnlinePlan plan, EntityColumns keys, Dictionary<PlannedView, (OnlineRows Rows, int Offset)> rowsOfView)
    {
        var columns = KeyColumns(keys, out var present);
        columns.EnsureCapacity(keys.Columns.Count + plan.FeatureCount);
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
                : IsOld(view, rows.Times[row].Seconds, now) ? FieldStatus.OutsideMaxAge
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
