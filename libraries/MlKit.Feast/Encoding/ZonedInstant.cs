namespace MlKit.Feast;

/// <summary>An instant with the zone in which it was given.</summary>
/// <param name="Instant">The instant; Feast keeps whole seconds.</param>
/// <param name="Zone">IANA name or offset text such as <c>UTC+05:30</c>; empty: UTC.</param>
public readonly record struct ZonedInstant(DateTimeOffset Instant, string Zone);
