using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Passes everything on to the builder that is tested.</summary>
internal abstract class TestingBuilder(DistributedApplicationBuilder builder) : IDistributedApplicationTestingBuilder
{
    /// <inheritdoc/>
    public ConfigurationManager Configuration => Inner.Configuration;

    /// <inheritdoc/>
    public string AppHostDirectory => Inner.AppHostDirectory;

    /// <inheritdoc/>
    public Assembly? AppHostAssembly => Inner.AppHostAssembly;

    /// <inheritdoc/>
    public IHostEnvironment Environment => Inner.Environment;

    /// <inheritdoc/>
    public IServiceCollection Services => Inner.Services;

    /// <inheritdoc/>
    public IDistributedApplicationEventing Eventing => Inner.Eventing;

    /// <inheritdoc/>
    public DistributedApplicationExecutionContext ExecutionContext => Inner.ExecutionContext;

    /// <inheritdoc/>
    public IResourceCollection Resources => Inner.Resources;

    /// <inheritdoc/>
    public IDistributedApplicationPipeline Pipeline => Inner.Pipeline;

    /// <inheritdoc/>
    public IUserSecretsManager UserSecretsManager => Inner.UserSecretsManager;

    /// <summary>The builder that is tested.</summary>
    public DistributedApplicationBuilder Inner => builder;

    /// <inheritdoc/>
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => Inner.AddResource(resource);

    /// <inheritdoc/>
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => Inner.CreateResourceBuilder(resource);

    /// <inheritdoc/>
    public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public abstract Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
