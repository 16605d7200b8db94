using MlKit.ServiceDefaults;

namespace MlKit.OnlineStore;

/// <summary>Registers the store and its health check.</summary>
internal static class OnlineStoreSetup
{
    public static void AddOnlineStore(this WebApplicationBuilder builder)
    {
        var options = OnlineStoreOptions.Read(builder.Configuration);
        var folder = ServiceState.Open(builder.Configuration, "onlinestore");
        // The host would log a failed start with its stack trace; Program prints the one line that matters.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services => new RespStore(
            options, folder, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<ILogger<RespStore>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<RespStore>());
        builder.Services.AddSingleton<IGuardedStore>(services => services.GetRequiredService<RespStore>());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<MemoryGuard>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MemoryGuard>());
        builder.Services.AddHealthChecks().AddCheck<RespStoreHealth>("resp");
    }
}
