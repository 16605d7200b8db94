using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The class form of <see cref="DistributedApplicationTestingBuilder"/>: override what happens on the way.</summary>
public class DistributedApplicationFactory : IDisposable, IAsyncDisposable
{
    private readonly Type _entryPoint;
    private readonly string[] _args;
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _application;

    /// <summary>Creates a factory.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    public DistributedApplicationFactory(Type entryPoint)
        : this(entryPoint, [])
    {
    }

    /// <summary>Creates a factory.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The command line.</param>
    public DistributedApplicationFactory(Type entryPoint, string[] args)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        _entryPoint = entryPoint;
        _args = args;
    }

    private DistributedApplication Application => _application ?? throw new InvalidOperationException("The application is not started: call StartAsync first.");

    /// <summary>Composes, builds and starts the application.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _builder = await DistributedApplicationTestingBuilder.CreateAsync(_entryPoint, _args, OnBuilderCreating, cancellationToken).ConfigureAwait(false);
        var inner = ((TestingBuilder)_builder).Inner;
        OnBuilderCreated(inner);
        OnBuilding(inner);
        _application = await _builder.BuildAsync(cancellationToken).ConfigureAwait(false);
        OnBuilt(_application);
        await _application.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.CreateHttpClient"/>
    public HttpClient CreateHttpClient(string resourceName, string? endpointName = null) => Application.CreateHttpClient(resourceName, endpointName);

    /// <summary>The connection string of a resource.</summary>
    /// <param name="resourceName">The resource.</param>
    public ValueTask<string?> GetConnectionString(string resourceName) => Application.GetConnectionStringAsync(resourceName);

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.GetEndpoint"/>
    public Uri GetEndpoint(string resourceName, string? endpointName = null) => Application.GetEndpoint(resourceName, endpointName);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_builder is not null)
        {
            await _builder.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The builder is about to be made.</summary>
    /// <param name="applicationOptions">How the application is built.</param>
    /// <param name="hostOptions">How its host is built.</param>
    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    /// <summary>The AppHost composed the application.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>The application is about to be built.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>The application is built.</summary>
    /// <param name="application">The application.</param>
    protected virtual void OnBuilt(DistributedApplication application)
    {
    }
}
