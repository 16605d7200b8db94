using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MlKit.Dashboard.Configuration;

/// <summary>
/// Opens the dashboard's addresses. Each connection remembers the listener it came through, so that an OTLP address
/// never answers with pages and a page address never takes telemetry.
/// </summary>
internal static class Listeners
{
    /// <summary>Opens all addresses.</summary>
    public static void Open(KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        foreach (var url in options.FrontendUrls)
        {
            Open(kestrel, url, ListenerKind.Frontend, HttpProtocols.Http1AndHttp2);
        }

        if (options.OtlpGrpcUrl is { } grpc)
        {
            Open(kestrel, grpc, ListenerKind.OtlpGrpc, HttpProtocols.Http2);
        }

        if (options.OtlpHttpUrl is { } http)
        {
            Open(kestrel, http, ListenerKind.OtlpHttp, HttpProtocols.Http1AndHttp2);
        }
    }

    /// <summary>The listener through which a request came.</summary>
    public static ListenerKind GetListenerKind(this HttpContext context) =>
        context.Features.Get<Mark>()?.Kind ?? ListenerKind.Frontend;

    private static void Open(KestrelServerOptions kestrel, Uri url, ListenerKind kind, HttpProtocols protocols)
    {
        void Configure(ListenOptions listen)
        {
            // HTTP/2 in clear text needs prior knowledge, which browsers do not have: they get HTTP/1.1.
            listen.Protocols = url.Scheme == Uri.UriSchemeHttps || protocols == HttpProtocols.Http2 ? protocols : HttpProtocols.Http1;
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps();
            }

            listen.Use(next => connection =>
            {
                connection.Features.Set(new Mark(kind));
                return next(connection);
            });
        }

        if (string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase) && url.Port != 0)
        {
            kestrel.ListenLocalhost(url.Port, Configure);
        }
        else
        {
            kestrel.Listen(AddressOf(url), url.Port, Configure);
        }
    }

    private static IPAddress AddressOf(Uri url) => IPAddress.TryParse(url.IdnHost, out var address) ? address
        : string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.Any;

    private sealed record Mark(ListenerKind Kind);
}
