namespace Aspire.Hosting.Testing;

/// <summary>The builder of an application that the test composes itself.</summary>
internal sealed class OwnTestingBuilder(DistributedApplicationBuilder builder) : TestingBuilder(builder)
{
    private DistributedApplication? _application;

    /// <inheritdoc/>
    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
    {
        _application = Inner.Build();
        TestDefaults.Bind(_application);
        return Task.FromResult(_application);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _application?.DisposeAsync() ?? default;
}
