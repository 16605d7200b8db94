namespace Aspire.Hosting.Testing;

/// <summary>The builder of an application under test: what the AppHost composed, open for changes until it is built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Builds the application; the entry point of its AppHost then waits until the application is disposed.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
