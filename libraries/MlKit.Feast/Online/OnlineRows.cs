using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>The rows of one view as the store gave them; the columns of the view share it.</summary>
internal sealed class OnlineRows
{
    private readonly RedisValue[][] _replies;
    private readonly int[] _replyOfRow;

    /// <param name="replies">The replies of the view's group.</param>
    /// <param name="replyOfRow">Which reply belongs to a row of the request.</param>
    /// <param name="timeField">Where the view's event time is in a reply.</param>
    public OnlineRows(RedisValue[][] replies, int[] replyOfRow, int timeField)
    {
        _replies = replies;
        _replyOfRow = replyOfRow;
        Times = new EventTime[replyOfRow.Length];
        Known = new bool[replyOfRow.Length];
        for (var row = 0; row < Times.Length; row++)
        {
            var stored = Reply(row, timeField);
            Known[row] = !stored.IsNull;
            Times[row] = stored.IsNull ? EventTime.Epoch : EventTime.Parse(((ReadOnlyMemory<byte>)stored).Span);
        }
    }

    /// <summary>The event time of each row; the epoch where the store has no row.</summary>
    public EventTime[] Times { get; }

    /// <summary>Whether the store has the row.</summary>
    public bool[] Known { get; }

    public int Count => _replyOfRow.Length;

    /// <summary>A field of the reply; null where the hash lacks it.</summary>
    public RedisValue Reply(int row, int field) => _replies[_replyOfRow[row]][field];
}
