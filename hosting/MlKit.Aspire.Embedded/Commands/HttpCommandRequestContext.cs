namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the preparation of a request works on.</summary>
public sealed class HttpCommandRequestContext
{
    /// <summary>The services of the application.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }

    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The instance: a replica of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Where the request goes.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What sends it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>What was entered.</summary>
    public InteractionInputCollection Arguments { get; init; } = new([]);

    /// <summary>The request.</summary>
    public required HttpRequestMessage Request { get; init; }
}
