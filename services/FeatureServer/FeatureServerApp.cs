using MlKit.Feast;
using MlKit.FeatureServer.Hosting;
using MlKit.FeatureServer.Http;
using MlKit.ServiceDefaults;

namespace MlKit.FeatureServer;

/// <summary>Puts the server together; tests start it in-process through the same method.</summary>
internal static class FeatureServerApp
{
    /// <exception cref="InvalidOperationException">A setting is not allowed.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        // The host would log a failed start with its stack trace; Program prints the one line that matters.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var options = FeatureServerOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new FeatureStore(options.Store, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHealthChecks()
            .AddCheck<RegistryHealth>("registry")
            .AddCheck<OnlineStoreHealth>("online store");

        var app = builder.Build();
        app.UseMiddleware<FeastErrors>();
        app.UseMiddleware<FeastRouting>();
        app.UseMiddleware<FeastHealth>();
        app.MapDefaultEndpoints();
        app.MapGetOnlineFeatures();
        app.MapWrites();
        app.MapMaterialization();
        return app;
    }
}
