namespace MlKit.Dashboard.Telemetry;

/// <summary>What names an instrument.</summary>
/// <param name="Resource">The service that measures; its replicas share the instrument.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Name">The name within the meter.</param>
public sealed record InstrumentKey(string Resource, string Meter, string Name);

/// <summary>What a list shows about an instrument.</summary>
/// <param name="Key">What names it.</param>
/// <param name="Kind">What its points mean.</param>
/// <param name="Unit">The unit in UCUM notation, for example <c>s</c> or <c>{request}</c>; may be empty.</param>
/// <param name="Description">What it measures; may be empty.</param>
public sealed record Instrument(InstrumentKey Key, InstrumentKind Kind, string Unit, string Description);

/// <summary>What the points of an instrument mean.</summary>
public enum InstrumentKind : byte
{
    /// <summary>A value as of now.</summary>
    Gauge,

    /// <summary>A total that only grows; shown as a rate per second.</summary>
    Counter,

    /// <summary>A total that goes up and down.</summary>
    UpDownCounter,

    /// <summary>Counts per range of values; shown as percentiles.</summary>
    Histogram,
}
