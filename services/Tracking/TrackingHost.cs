using System.Data.Common;
using MlKit.ServiceDefaults;
using MlKit.Storage;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.LoggedModels;
using MlKit.Tracking.Metrics;
using MlKit.Tracking.Registry;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;
using MlKit.Tracking.Traces;
using MlKit.Tracking.Traces.Otlp;
using MlKit.Tracking.Ui;

namespace MlKit.Tracking;

/// <summary>Puts the service together and runs it.</summary>
internal static class TrackingHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            PrintHelp();
            return 0;
        }

        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException
            or DbException)
        {
            await Console.Error.WriteLineAsync($"tracking: {error.Message}");
            return 1;
        }
    }

    private static WebApplication Build(string[] args)
    {
        // The UI's files lie beside the assembly, wherever the service is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(TrackingHost).Assembly.GetName().Name,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.AddServiceDefaults();
        var options = TrackingOptions.Read(builder.Configuration, ServiceState.Open(builder.Configuration, "tracking"));
        AddServices(builder, options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // A history of a hundred runs names all of them in the request line.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MaxRequestBufferSize = 1024 * 1024;
        });

        var app = builder.Build();
        var clock = app.Services.GetRequiredService<Clock>();
        app.Services.GetRequiredService<Database>()
            .WriteAsync(session => ExperimentStore.EnsureDefault(session, clock.NowMs())).GetAwaiter().GetResult();
        Map(app, options);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, TrackingOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(new Clock(TimeProvider.System));
        services.AddSingleton(_ => Database.Open(options));
        services.AddSingleton(_ => ObjectStores.Open(options.Artifacts, options.S3));
        services.AddSingleton<ArtifactService>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddSingleton<IEndpoints, MetaEndpoints>();
        services.AddSingleton<IEndpoints, ExperimentEndpoints>();
        services.AddSingleton<IEndpoints, RunEndpoints>();
        services.AddSingleton<IEndpoints, LoggingEndpoints>();
        services.AddSingleton<IEndpoints, LoggedModelEndpoints>();
        services.AddSingleton<IEndpoints, RegisteredModelEndpoints>();
        services.AddSingleton<IEndpoints, AliasEndpoints>();
        services.AddSingleton<IEndpoints, ModelVersionEndpoints>();
        services.AddSingleton<IEndpoints, TraceEndpoints>();
        services.AddSingleton<IEndpoints, OtlpEndpoints>();
        services.AddSingleton<IEndpoints, RunArtifactEndpoints>();
        services.AddSingleton<IEndpoints, ArtifactProxyEndpoints>();
        UiHost.AddServices(builder, options);
    }

    private static void Map(WebApplication app, TrackingOptions options)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<ErrorReplies>();
        if (options.Token is not null || options.Username is not null)
        {
            app.UseMiddleware<Credentials>();
        }

        UiHost.Use(app, options);
        app.UseRouting();
        app.MapDefaultEndpoints();
        var routes = new ApiRoutes(app);
        foreach (var endpoints in app.Services.GetServices<IEndpoints>())
        {
            endpoints.Map(routes);
        }

        routes.MapUnknown();
        UiHost.Map(app, options);
    }

    private static void PrintHelp()
    {
        Console.WriteLine("MlKit tracking: an MLflow-compatible tracking, registry and artifact server.");
        Console.WriteLine("usage: Tracking [--urls http://127.0.0.1:5000]");
        Console.WriteLine("settings (environment variables):");
        foreach (var (key, meaning) in TrackingOptions.Documentation)
        {
            Console.WriteLine($"  {key,-32} {meaning}");
        }

        Console.Write(S3Options.Help);
    }
}
