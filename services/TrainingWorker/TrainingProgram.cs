using MlKit.Feast;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.ServiceDefaults;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Pipeline;
using MlKit.TrainingWorker.Registry;

namespace MlKit.TrainingWorker;

/// <summary>Hosts one run of the job: configuration, telemetry, signals, exit code.</summary>
internal static class TrainingProgram
{
    /// <param name="args">Arguments of the process.</param>
    /// <param name="change">Replaces services; for tests that plant a fault.</param>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection>? change = null)
    {
        try
        {
            using var host = Build(args, change);
            await host.StartAsync();
            var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            try
            {
                return await host.Services.GetRequiredService<TrainingJob>().RunAsync(stopping);
            }
            finally
            {
                await host.StopAsync();
            }
        }
        catch (OperationCanceledException)
        {
            return await FailAsync("stopped before the end; nothing was promoted");
        }
        catch (Exception error) when (Explain(error) is { } reason)
        {
            return await FailAsync(reason);
        }
    }

    /// <summary>One line for faults that a user can mend; null for faults of the program, which show their stack.</summary>
    public static string? Explain(Exception error) => error switch
    {
        DataFormatException => $"the data cannot be used: {error.Message}",
        FeastException => $"the feature store failed: {error.Message}",
        MlflowException => $"the tracking server failed: {error.Message}",
        GateDocumentException => $"MLKIT__GATE__SIGNINGKEY or the key in the state folder cannot be used: {error.Message}",
        InvalidOperationException or IOException or UnauthorizedAccessException or ArithmeticException => error.Message,
        _ => null,
    };

    public static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync($"training: {reason.ReplaceLineEndings(" ")}");
        return ExitCode.Failed;
    }

    public static IHost Build(string[] args, Action<IServiceCollection>? change = null)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddJobDefaults();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        var options = TrainingOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMlflowClient(configure: client => client.MaxRetries = options.TrackingRetries);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(StageClock.MeterName));
        builder.Services.AddSingleton<StageClock>();
        builder.Services.AddSingleton<TrainingPipeline>();
        builder.Services.AddSingleton(_ => options.SigningKey is { } secret ? GateSigningKey.FromSecret(secret) : GateSigningKey.Open(Path.Combine(options.State, "keys")));
        builder.Services.AddSingleton<PrepareFeatures>(CaseFeatures.PrepareAsync);
        builder.Services.AddTransient<ModelRegistry>();
        builder.Services.AddTransient<PackageUploader>();
        builder.Services.AddTransient<TrainingJob>();
        change?.Invoke(builder.Services);
        return builder.Build();
    }
}
