using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using MlKit.Inference.Grpc;
using MlKit.Inference.Rest;

namespace MlKit.Inference;

/// <summary>Registers inference clients.</summary>
public static class InferenceServiceCollectionExtensions
{
    /// <summary>
    /// Registers an <see cref="IInferenceClient"/> for one server or several equal ones, with deadline, repetition, load
    /// balancing, telemetry (source and meter <c>MlKit.Inference</c>) and a health check.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="name">Name of the client, of its <c>HttpClient</c> and of its health check; also the service key.</param>
    /// <param name="configure">Sets the options; <see cref="InferenceClientOptions.Addresses"/> is needed.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddInferenceClient(this IServiceCollection services, string name, Action<InferenceClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new InferenceClientOptions();
        configure(options);
        options.Validate();
        services.AddHttpClient(name);
        services.AddKeyedSingleton<IInferenceClient>(name, (provider, _) => Create(provider, name, options));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IInferenceClient>(name));
        if (options.HasHealthCheck)
        {
            services.AddHealthChecks().Add(new(name, provider => new InferenceHealthCheck(provider.GetRequiredKeyedService<IInferenceClient>(name)), null, null));
        }

        return services;
    }

    private static BalancedInferenceClient Create(IServiceProvider provider, string name, InferenceClientOptions options)
    {
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        return new BalancedInferenceClient(options.Addresses.Select(address => CreateOne(factory, name, address, options)), options);
    }

    private static IInferenceClient CreateOne(IHttpClientFactory factory, string name, Uri address, InferenceClientOptions options)
    {
        if (options.Transport == InferenceTransport.Grpc)
        {
            return new GrpcInferenceClient(GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null }));
        }

        var http = factory.CreateClient(name);
        http.BaseAddress = address;
        http.Timeout = Timeout.InfiniteTimeSpan;
        return new RestInferenceClient(http);
    }
}
