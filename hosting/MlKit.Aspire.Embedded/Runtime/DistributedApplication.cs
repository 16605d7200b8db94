using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application that was composed and can be run or published.</summary>
/// <param name="host">What holds its services and hosted services.</param>
public partial class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private readonly IHost _host = host ?? throw new ArgumentNullException(nameof(host));

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts composing an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Starts composing an application.</summary>
    /// <param name="args">The command line.</param>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new DistributedApplicationBuilder(args);
    }

    /// <summary>Starts composing an application.</summary>
    /// <param name="options">How it is built.</param>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Runs the application until it is told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the application until it is told to stop.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public virtual Task RunAsync(CancellationToken cancellationToken = default) =>
        RunInstead is { } instead ? instead(cancellationToken) : RunToEndAsync(cancellationToken);

    /// <summary>Starts the application.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    public virtual Task StartAsync(CancellationToken cancellationToken = default)
    {
        _started = true;
        return _host.StartAsync(cancellationToken);
    }


    /// <summary>Stops the application.</summary>
    /// <param name="cancellationToken">Ends the wait for an orderly stop.</param>
    public virtual Task StopAsync(CancellationToken cancellationToken = default)
    {
        _started = false;
        return _host.StopAsync(cancellationToken);
    }


    /// <summary>Stops the application and releases what it holds.</summary>
    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Stops the application and releases what it holds.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopStartedAsync().ConfigureAwait(false);
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _host.Dispose();
        }

        Disposed?.Invoke();
    }
}
