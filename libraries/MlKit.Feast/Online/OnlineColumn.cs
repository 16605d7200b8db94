using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>One column of an online answer: a join key or a feature.</summary>
public sealed class OnlineColumn
{
    private readonly ReadOnlyMemory<byte>[] _values;

    internal OnlineColumn(string name, ReadOnlyMemory<byte>[] values, FieldStatus[] statuses, EventTime[] eventTimes)
    {
        Name = name;
        _values = values;
        Statuses = statuses;
        EventTimes = eventTimes;
    }

    /// <summary>Name of the join key or feature.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _values.Length;

    /// <summary>One status per row.</summary>
    public IReadOnlyList<FieldStatus> Statuses { get; }

    /// <summary>The event time of each row; the epoch for join keys and for entities without a row.</summary>
    public IReadOnlyList<EventTime> EventTimes { get; }

    /// <summary>The value of a row as a .NET value, or null.</summary>
    public object? this[int row] => FeastValue.ToNative(GetValue(row));

    /// <summary>The serialized <c>feast.types.Value</c> of a row; no bytes mean null.</summary>
    public ReadOnlyMemory<byte> GetBytes(int row) => _values[row];

    /// <summary>The message of a row; without a case: null.</summary>
    /// <exception cref="FeastException">The store held something that is no Value.</exception>
    public Value GetValue(int row)
    {
        try
        {
            return Value.Parser.ParseFrom(_values[row].Span);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException error)
        {
            throw new FeastException($"the online store holds bytes for '{Name}' (row {row}) that are no Feast value", error);
        }
    }
}
