namespace MlKit.Dashboard.Telemetry;

/// <summary>A list that keeps the newest entries up to a fixed number. It grows as it is filled. Not thread-safe.</summary>
internal sealed class RingBuffer<T>(int capacity)
{
    private T[] _items = [];
    private int _start;

    /// <summary>Entries held now.</summary>
    public int Count { get; private set; }

    /// <summary>Entries that made room for newer ones.</summary>
    public long Dropped { get; private set; }

    /// <summary>The entry at a place, 0 being the oldest.</summary>
    public T this[int index]
    {
        get => _items[Slot(index)];
        set => _items[Slot(index)] = value;
    }

    /// <summary>Adds the newest entry.</summary>
    public void Add(T item)
    {
        if (Count < capacity)
        {
            if (Count == _items.Length)
            {
                Grow();
            }

            Count++;
            _items[Slot(Count - 1)] = item;
            return;
        }

        _items[_start] = item;
        _start = (_start + 1) % _items.Length;
        Dropped++;
    }

    /// <summary>Keeps every second entry of the older half, and gives the room of the others back.</summary>
    public void ThinOlderHalf()
    {
        var kept = new T[Math.Min(capacity, Math.Max(4, Count))];
        var next = 0;
        for (var i = 0; i < Count; i++)
        {
            if (i % 2 == 0 || i >= Count / 2)
            {
                kept[next++] = this[i];
            }
        }

        Array.Resize(ref kept, Math.Max(1, next));
        _items = kept;
        _start = 0;
        Count = next;
    }

    /// <summary>Forgets everything, the count of dropped entries too.</summary>
    public void Clear()
    {
        _items = [];
        _start = 0;
        Count = 0;
        Dropped = 0;
    }

    /// <summary>Forgets the entries that match; the count of dropped ones stays.</summary>
    public void RemoveAll(Predicate<T> match)
    {
        var kept = new List<T>(Count);
        for (var i = 0; i < Count; i++)
        {
            if (!match(this[i]))
            {
                kept.Add(this[i]);
            }
        }

        _items = [.. kept];
        _start = 0;
        Count = kept.Count;
    }

    private int Slot(int index) => (_start + index) % _items.Length;

    private void Grow()
    {
        var larger = new T[(int)Math.Min(capacity, Math.Max(4L, 2L * _items.Length))];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _items = larger;
        _start = 0;
    }
}
