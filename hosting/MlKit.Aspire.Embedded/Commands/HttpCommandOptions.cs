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
