namespace MlKit.Dashboard.Configuration;

/// <summary>Marks an endpoint that answers on one kind of listener only.</summary>
/// <param name="Kind">The listener.</param>
internal sealed record ListenerMetadata(ListenerKind Kind);
