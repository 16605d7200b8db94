using MlKit.Storage;

namespace MlKit.RecommendationApi.Events;

/// <summary>Ids of the events that a log took, by day of arrival, so that those of old days can be forgotten.</summary>
internal sealed class EventIds
{
    private const int ReadsAtATime = 16;

    private readonly SortedDictionary<string, HashSet<string>> _days = new(StringComparer.Ordinal);

    public bool Contains(string id) => _days.Values.Any(day => day.Contains(id));

    /// <param name="day">Name of the day's folder.</param>
    /// <param name="ids">The new ids.</param>
    public void Add(string day, IEnumerable<string> ids)
    {
        if (!_days.TryGetValue(day, out var known))
        {
            _days[day] = known = new HashSet<string>(StringComparer.Ordinal);
        }

        known.UnionWith(ids);
    }

    /// <summary>Forgets all days before one.</summary>
    public void ForgetBefore(string day)
    {
        while (_days.Count > 0 && string.CompareOrdinal(_days.Keys.First(), day) < 0)
        {
            _days.Remove(_days.Keys.First());
        }
    }

    /// <summary>Reads the ids of some days.</summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static async Task<EventIds> ReadAsync(IObjectStore store, IEnumerable<string> days, CancellationToken cancellationToken)
    {
        var ids = new EventIds();
        foreach (var day in days)
        {
            await ids.ReadDayAsync(store, day, cancellationToken);
        }

        return ids;
    }

    /// <summary>Another process may merge files meanwhile: what is gone is in a newer file, so the list is made again.</summary>
    private async Task ReadDayAsync(IObjectStore store, string day, CancellationToken cancellationToken)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        for (var again = true; again;)
        {
            again = false;
            foreach (var files in (await EventLines.ListAsync(store, day, cancellationToken))
                .Select(entry => entry.Name).Where(read.Add).Chunk(ReadsAtATime).ToList())
            {
                foreach (var found in await Task.WhenAll(files.Select(file => IdsOfAsync(store, file, cancellationToken))))
                {
                    again |= found is null;
                    Add(day, found ?? []);
                }
            }
        }
    }

    private static async Task<List<string>?> IdsOfAsync(IObjectStore store, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await EventLines.ReadAsync(store, file, cancellationToken).Select(one => one.EventId!).ToListAsync(cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
