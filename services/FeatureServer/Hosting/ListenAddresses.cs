using MlKit.ServiceDefaults;

namespace MlKit.FeatureServer.Hosting;

/// <summary>
/// Gives Kestrel its endpoints: HTTP where <c>--urls</c> or <c>HTTP_PORTS</c> says, and gRPC on a port of its own, because HTTP/2 without TLS
/// cannot share one with HTTP/1.
/// </summary>
internal static class ListenAddresses
{
    private const string Default = "http://localhost:6566";

    public static void Configure(WebApplicationBuilder builder, int? grpcPort)
    {
        var urls = ListenUrls.Of(builder.Configuration, Default)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < urls.Length; i++)
        {
            settings[$"Kestrel:Endpoints:Http{i}:Url"] = urls[i];
        }

        if (grpcPort is { } port)
        {
            settings["Kestrel:Endpoints:Z-Grpc:Url"] = $"http://{BindingAddress.Parse(urls[0]).Host}:{port}";
            settings["Kestrel:Endpoints:Z-Grpc:Protocols"] = "Http2";
        }

        builder.Configuration.AddInMemoryCollection(settings);
        // Kestrel warns that endpoints replace the addresses, which is what is wanted here.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }
}
