using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The instruments of all resources with their newest points.</summary>
internal sealed class MetricStore(TelemetryLimits limits)
{
    private const int MaxInstruments = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<InstrumentKey, Entry> _instruments = [];
    private long _refused;
    private int _series;
    private int _points;

    /// <summary>Raised after each batch.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Points without a place: too many instruments, or too many sets of attributes of one.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Points held now.</summary>
    public int PointCount
    {
        get
        {
            lock (_lock)
            {
                return _points;
            }
        }
    }

    /// <summary>The newest value of each series of an instrument name, whichever service and meter it is of.</summary>
    public IReadOnlyList<(string Resource, MetricSeries Series)> Newest(string name)
    {
        lock (_lock)
        {
            return
            [
                .. from entry in _instruments.Values
                   where entry.Instrument.Key.Name == name
                   from dimension in entry.Dimensions.Values
                   select (entry.Instrument.Key.Resource, dimension.Read(long.MaxValue)),
            ];
        }
    }

    /// <summary>Adds points of one series; false when there are too many series to take another.</summary>
    public bool Add(Instrument instrument, KeyValuePair<string, string>[] attributes, MetricPoint point, bool isDelta, IEnumerable<Exemplar> exemplars)
    {
        lock (_lock)
        {
            if (Place(instrument, attributes) is not { } dimension)
            {
                _refused++;
                return false;
            }

            var before = dimension.Count;
            if (isDelta)
            {
                dimension.AddDelta(point);
            }
            else
            {
                dimension.Add(point);
            }

            foreach (var exemplar in exemplars)
            {
                dimension.Add(exemplar);
            }

            _points += dimension.Count - before;
            if (_points > limits.MaxPointCount)
            {
                ThinOut();
            }

            return true;
        }
    }

    /// <summary>All instruments of a service, or of all services when it is null, sorted by meter and name.</summary>
    public IReadOnlyList<Instrument> Instruments(string? resource)
    {
        lock (_lock)
        {
            return
            [
                .. _instruments.Values.Select(entry => entry.Instrument)
                    .Where(instrument => resource is null || instrument.Key.Resource == resource)
                    .OrderBy(instrument => instrument.Key.Resource, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(instrument => instrument.Key.Meter, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(instrument => instrument.Key.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }
    }

    /// <summary>An instrument's series from a moment on; empty when it is not known.</summary>
    public IReadOnlyList<MetricSeries> Series(InstrumentKey key, long sinceNanos)
    {
        lock (_lock)
        {
            return _instruments.TryGetValue(key, out var entry) ? [.. entry.Dimensions.Values.Select(dimension => dimension.Read(sinceNanos))] : [];
        }
    }

    /// <summary>How many instruments of each service are held.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (_lock)
        {
            return _instruments.Keys.CountBy(key => key.Resource).ToDictionary();
        }
    }

    /// <summary>Forgets the instruments of a service, or all when it is null.</summary>
    public void Clear(string? resource)
    {
        lock (_lock)
        {
            foreach (var (key, entry) in _instruments.Where(pair => resource is null || pair.Key.Resource == resource).ToList())
            {
                _instruments.Remove(key);
                _series -= entry.Dimensions.Count;
                _points -= entry.Dimensions.Values.Sum(dimension => dimension.Count);
            }

            _refused = resource is null ? 0 : _refused;
        }

        Changes.Raise();
    }

    private MetricDimension? Place(Instrument instrument, KeyValuePair<string, string>[] attributes)
    {
        if (!_instruments.TryGetValue(instrument.Key, out var entry))
        {
            if (_instruments.Count >= MaxInstruments)
            {
                return null;
            }

            _instruments[instrument.Key] = entry = new Entry(instrument);
        }

        var name = string.Join('\u001f', attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}\u001e{pair.Value}"));
        if (!entry.Dimensions.TryGetValue(name, out var dimension))
        {
            if (entry.Dimensions.Count >= limits.MaxDimensionCount || _series >= limits.MaxSeriesCount)
            {
                return null;
            }

            _series++;

            entry.Dimensions[name] = dimension = new MetricDimension(attributes, limits);
        }

        return dimension;
    }

    // The longest series give first; a tenth of the room at once, so that it is not done for each point.
    private void ThinOut()
    {
        foreach (var dimension in _instruments.Values.SelectMany(entry => entry.Dimensions.Values).OrderByDescending(dimension => dimension.Count).ToList())
        {
            var before = dimension.Count;
            dimension.ThinOut();
            _points += dimension.Count - before;
            if (_points <= limits.MaxPointCount - (limits.MaxPointCount / 10))
            {
                return;
            }
        }
    }

    private sealed record Entry(Instrument Instrument)
    {
        public Dictionary<string, MetricDimension> Dimensions { get; } = [];
    }
}
