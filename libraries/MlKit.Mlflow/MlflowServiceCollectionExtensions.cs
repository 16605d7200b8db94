using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MlKit.Mlflow;

/// <summary>Registers the MLflow client with dependency injection.</summary>
public static class MlflowServiceCollectionExtensions
{
    /// <summary>The address that service discovery resolves when none is given.</summary>
    public const string DefaultAddress = "http://mlflow";

    /// <summary>
    /// Adds <see cref="MlflowClient"/>. The client repeats calls by MLflow's rules, so resilience handlers that the
    /// host gives every HTTP client are taken off: they would limit the time of an artifact transfer.
    /// </summary>
    /// <param name="services">The collection to add to.</param>
    /// <param name="address">The server; <see cref="DefaultAddress"/> where null.</param>
    /// <param name="configure">Changes the options.</param>
    public static IHttpClientBuilder AddMlflowClient(
        this IServiceCollection services, string? address = null, Action<MlflowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MlflowClientOptions>().Configure(options => configure?.Invoke(options));
        var builder = services.AddHttpClient(nameof(MlflowClient), http =>
        {
            http.BaseAddress = new Uri(address ?? DefaultAddress);
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
#pragma warning disable EXTEXP0001 // The only call that takes the handler off; its shape has been stable since 8.10.
        builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.AddTransient(provider => new MlflowClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(MlflowClient)),
            provider.GetRequiredService<IOptions<MlflowClientOptions>>().Value));
        return builder;
    }
}
