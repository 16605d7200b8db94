using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MlKit.Bench.Tracking;

/// <summary>The plainest server that stores a body in a file and sends it back: what the artifact store is compared with.</summary>
internal static class CopyServer
{
    public static Task RunAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        app.MapPut("/{name}", async (HttpContext context, string name) =>
        {
            await using var file = File.Create(Path.Combine(folder, name), 128 * 1024);
            await context.Request.Body.CopyToAsync(file, 128 * 1024, context.RequestAborted);
        });
        app.MapGet("/{name}", (string name) => TypedResults.PhysicalFile(Path.Combine(folder, name)));
        return app.RunAsync();
    }
}
