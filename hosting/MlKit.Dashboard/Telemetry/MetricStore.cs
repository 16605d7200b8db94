using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The instruments of all resources with their newest points.</summary>
internal sealed class MetricStore(TelemetryLimits limits)
{
    private const int MaxInstruments = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<InstrumentKey, Entry> _instruments = [];
    private long _refused;

    /// <summary>Raised after each batch.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Points without a place: too many instruments, or too many sets of attributes of one.</summary>
    public long Refused => Interlocked.Read(ref _refused);

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

    /// <summary>Forgets all instruments.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _instruments.Clear();
            _refused = 0;
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
            if (entry.Dimensions.Count >= limits.MaxDimensionCount)
            {
                return null;
            }

            entry.Dimensions[name] = dimension = new MetricDimension(attributes, limits);
        }

        return dimension;
    }

    private sealed record Entry(Instrument Instrument)
    {
        public Dictionary<string, MetricDimension> Dimensions { get; } = [];
    }
}
