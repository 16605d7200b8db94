using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using MlKit.Mlflow;
using MlKit.Tracking.Http;
using MlKit.Tracking.Ui.GraphQl;
using MlKit.Tracking.Ui.InProcess;
using MlKit.Tracking.Ui.Official;

namespace MlKit.Tracking.Ui;

/// <summary>Puts the web UI into the service: this server's own, or MLflow's where its folder is configured.</summary>
internal static class UiHost
{
    /// <summary>The circuits of browsers that went away are of use only for a moment.</summary>
    private const int MostLostCircuits = 20;

    public static void AddServices(WebApplicationBuilder builder, TrackingOptions options)
    {
        builder.Services.AddSingleton<IEndpoints, GraphQlEndpoints>();
        builder.Services.AddSingleton<IEndpoints, SideCallEndpoints>();
        if (options.UiFolder is not null)
        {
            OfficialUi.AddServices(builder.Services);
            return;
        }

        // Without a publish, Blazor's script and the UI's own files are found through the build's manifest.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents()
            .AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitMaxRetained = MostLostCircuits);
        builder.Services.AddSingleton<PipelineHolder>();
        builder.Services.AddSingleton(provider => new MlflowClient(
            new HttpClient(new InProcessHandler(provider.GetRequiredService<PipelineHolder>().Pipeline))
            {
                BaseAddress = new Uri("http://localhost/"),
                Timeout = Timeout.InfiniteTimeSpan,
            },
            new MlflowClientOptions { MaxRetries = 0, TimeProvider = provider.GetRequiredService<TimeProvider>() }));
    }

    public static void Use(WebApplication app, TrackingOptions options)
    {
        if (options.UiFolder is not null)
        {
            OfficialUi.UseCompression(app);
        }
    }

    public static void Map(WebApplication app, TrackingOptions options)
    {
        if (options.UiFolder is { } folder)
        {
            OfficialUi.Map(app, folder);
            return;
        }

        app.Services.GetRequiredService<PipelineHolder>().Pipeline = new InProcessPipeline(app);
        app.UseAntiforgery();
        MapFiles(app);
        ActivatorUtilities.CreateInstance<CsvEndpoints>(app.Services).Map(app);
        ActivatorUtilities.CreateInstance<PdfEndpoint>(app.Services).Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>Where only the assembly was copied, as some tests do, pages have neither style nor script.</summary>
    private static void MapFiles(WebApplication app)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, app.Environment.ApplicationName + ".staticwebassets.endpoints.json")))
        {
            app.MapStaticAssets();
        }
    }

    /// <summary>The pipeline exists only once the application is built.</summary>
    private sealed class PipelineHolder
    {
        public InProcessPipeline Pipeline { get; set; } = null!;
    }
}
