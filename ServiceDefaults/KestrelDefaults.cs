using Microsoft.AspNetCore.Hosting;

namespace MlKit.ServiceDefaults;

/// <summary>Server settings that every service wants: no product banner.</summary>
internal static class KestrelDefaults
{
    public static void ConfigureKestrelDefaults(this IWebHostBuilder host) =>
        host.UseKestrel(options => options.AddServerHeader = false);
}
