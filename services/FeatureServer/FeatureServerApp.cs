using Microsoft.AspNetCore.Server.Kestrel.Core;
using MlKit.Feast;
using MlKit.FeatureServer.Grpc;
using MlKit.FeatureServer.Hosting;
using MlKit.FeatureServer.Http;
using MlKit.ServiceDefaults;

namespace MlKit.FeatureServer;

/// <summary>Puts the server together; tests start it in-process through the same method.</summary>
internal static class FeatureServerApp
{
    private const int MaxRequestBytes = 64 * 1024 * 1024;

    /// <exception cref="InvalidOperationException">A setting is not allowed.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        // The host would log a failed start with its stack trace; Program prints the one line that matters.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var options = FeatureServerOptions.Read(builder.Configuration);
        ListenAddresses.Configure(builder, options.GrpcPort);
        AddServices(builder.Services, options);

        var app = builder.Build();
        app.UseMiddleware<FeastErrors>();
        app.UseMiddleware<RequestMetrics>();
        app.UseMiddleware<TokenCheck>();
        app.UseMiddleware<FeastRouting>();
        app.UseMiddleware<FeastHealth>();
        app.MapDefaultEndpoints();
        app.MapGetOnlineFeatures();
        app.MapWrites();
        app.MapMaterialization();
        app.MapVectorStores();
        app.MapPages();
        app.MapGrpc();
        return app;
    }

    /// <summary>The settings without a server, for commands.</summary>
    /// <exception cref="InvalidOperationException">A setting is not allowed.</exception>
    public static FeatureServerOptions Settings(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        return FeatureServerOptions.Read(builder.Configuration);
    }

    private static void AddServices(IServiceCollection services, FeatureServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new FeatureStore(options.Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FeastMetrics>();
        services.AddSingleton<MaterializationJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<MaterializationJobs>());
        services.AddSingleton<ReadLog>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadLog>());
        services.AddHostedService<RegistryCheck>();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxRequestBytes);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxRequestBytes);
        services.AddHealthChecks()
            .AddCheck<RegistryHealth>("registry")
            .AddCheck<OnlineStoreHealth>("online store");
    }
}
