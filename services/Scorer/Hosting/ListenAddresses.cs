using MlKit.ServiceDefaults;

namespace MlKit.Scorer.Hosting;

/// <summary>
/// Gives Kestrel its endpoints: REST where <c>--urls</c> or <c>HTTP_PORTS</c> says, and gRPC on a port of its own, because HTTP/2 without
/// TLS cannot share one with HTTP/1.
/// </summary>
internal static class ListenAddresses
{
    private const string Default = "http://localhost:8000";

    public static void Configure(WebApplicationBuilder builder, int? grpcPort, int? metricsPort)
    {
        var urls = ListenUrls.Of(builder.Configuration, Default)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < urls.Length; i++)
        {
            settings[$"Kestrel:Endpoints:Rest{i}:Url"] = urls[i];
        }

        if (grpcPort is { } port)
        {
            settings["Kestrel:Endpoints:Grpc:Url"] = $"http://{Host(urls[0])}:{port}";
            settings["Kestrel:Endpoints:Grpc:Protocols"] = "Http2";
        }

        if (metricsPort is { } metrics)
        {
            settings["Kestrel:Endpoints:Metrics:Url"] = $"http://{Host(urls[0])}:{metrics}";
        }

        builder.Configuration.AddInMemoryCollection(settings);
        // Kestrel warns that endpoints replace the addresses, which is what is wanted here.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }

    private static string Host(string url)
    {
        var address = Microsoft.AspNetCore.Http.BindingAddress.Parse(url);
        return address.Host;
    }
}
