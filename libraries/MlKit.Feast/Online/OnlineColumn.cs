using System.Text.Json;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>One column of an online answer: a join key or a feature.</summary>
public sealed class OnlineColumn
{
    private readonly Value[]? _keys;
    private readonly OnlineRows? _rows;
    private readonly int _field;

    /// <summary>A join key, echoed.</summary>
    internal OnlineColumn(string name, Value[] keys, FieldStatus[] statuses, EventTime[] eventTimes)
    {
        Name = name;
        _keys = keys;
        Statuses = statuses;
        EventTimes = eventTimes;
    }

    /// <summary>A feature, read from the replies when it is asked for.</summary>
    internal OnlineColumn(string name, OnlineRows rows, int field, FieldStatus[] statuses)
    {
        Name = name;
        _rows = rows;
        _field = field;
        Statuses = statuses;
        EventTimes = rows.Times;
    }

    /// <summary>Name of the join key or feature.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Count => EventTimes.Count;

    /// <summary>One status per row.</summary>
    public IReadOnlyList<FieldStatus> Statuses { get; }

    /// <summary>The event time of each row; the epoch for join keys and for entities without a row.</summary>
    public IReadOnlyList<EventTime> EventTimes { get; }

    /// <summary>The value of a row as a .NET value, or null.</summary>
    public object? this[int row] => FeastValue.ToNative(GetValue(row));

    /// <summary>The serialized <c>feast.types.Value</c> of a row; no bytes mean null.</summary>
    public ReadOnlyMemory<byte> GetBytes(int row) =>
        _keys is null ? (ReadOnlyMemory<byte>)_rows!.Reply(row, _field) : _keys[row].ToByteArray();

    /// <summary>Adds to how often each status is there.</summary>
    internal void AddStatuses(int[] counts)
    {
        foreach (var status in (FieldStatus[])Statuses)
        {
            counts[(int)status]++;
        }
    }

    /// <summary>Writes the value of a row as Feast's HTTP server prints it.</summary>
    /// <exception cref="FeastException">The store held something that is no Value.</exception>
    public void WriteJson(Utf8JsonWriter writer, int row)
    {
        if (_keys is null)
        {
            FeastJson.Write(writer, ((ReadOnlyMemory<byte>)_rows!.Reply(row, _field)).Span);
        }
        else
        {
            FeastJson.Write(writer, _keys[row]);
        }
    }

    /// <summary>The message of a row; without a case: null.</summary>
    /// <exception cref="FeastException">The store held something that is no Value.</exception>
    public Value GetValue(int row)
    {
        if (_keys is not null)
        {
            return _keys[row];
        }

        try
        {
            return Value.Parser.ParseFrom(GetBytes(row).Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new FeastException($"the online store holds bytes for '{Name}' (row {row}) that are no Feast value", error);
        }
    }
}
