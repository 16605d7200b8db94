namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command that sends an HTTP request is offered and sent.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>Chooses the endpoint; null means https, then http.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>The method; the default is POST.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>The name of the <see cref="HttpClient"/>; the default is the factory's own.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>Changes the request before it is sent.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Makes the result out of the answer; the default is success where the status says so.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

    /// <summary>What of the answer becomes the data of the result, where <see cref="GetCommandResult"/> is not set.</summary>
    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>What of an answer becomes the data of a command's result.</summary>
public enum HttpCommandResultMode
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The body, as its content type says.</summary>
    Auto = 1,

    /// <summary>The body as JSON.</summary>
    Json = 2,

    /// <summary>The body as text.</summary>
    Text = 3,
}

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

/// <summary>What the making of a result works on.</summary>
public sealed class HttpCommandResultContext
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

    /// <summary>Where the request went.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What sent it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>What was entered.</summary>
    public InteractionInputCollection Arguments { get; init; } = new([]);

    /// <summary>The answer.</summary>
    public required HttpResponseMessage Response { get; init; }
}
