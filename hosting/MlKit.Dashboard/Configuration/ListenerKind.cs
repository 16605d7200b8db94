namespace MlKit.Dashboard.Configuration;

/// <summary>What a listening address of the dashboard serves; nothing else is answered there.</summary>
internal enum ListenerKind
{
    /// <summary>Pages, their static files and the login.</summary>
    Frontend,

    /// <summary>OTLP over gRPC (HTTP/2).</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP with protobuf bodies.</summary>
    OtlpHttp,
}
