namespace Aspire.Hosting.Testing;

/// <summary>The builder of an application that an AppHost's entry point composed.</summary>
internal sealed class EntryPointTestingBuilder(DistributedApplicationBuilder builder, EntryPointRun run) : TestingBuilder(builder)
{
    /// <inheritdoc/>
    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => run.BuildAsync(cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => run.DisposeAsync();
}
