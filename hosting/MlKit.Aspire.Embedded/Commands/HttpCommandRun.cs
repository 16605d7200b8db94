using System.Net.Mime;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs a command that sends an HTTP request.</summary>
internal static class HttpCommandRun
{
    /// <summary>Sends the request and makes a result out of the answer.</summary>
    public static async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, EndpointReference endpoint, string path, HttpCommandOptions options)
    {
        if (!endpoint.IsAllocated)
        {
            return CommandResults.Failure("Endpoints are not yet allocated.");
        }

        var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient(options.HttpClientName ?? "");
        using var request = new HttpRequestMessage(options.Method ?? HttpMethod.Post, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new HttpCommandRequestContext
            {
                Services = context.Services,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Arguments = context.Arguments,
                Request = request,
            }).ConfigureAwait(false);
        }

        try
        {
            using var response = await client.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
            return options.GetCommandResult is { } make
                ? await make(Result(context, endpoint, client, response)).ConfigureAwait(false)
                : await DefaultAsync(response, options.ResultMode, context.CancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            return CommandResults.Failure(e);
        }
    }

    private static HttpCommandResultContext Result(ExecuteCommandContext context, EndpointReference endpoint, HttpClient client, HttpResponseMessage response) => new()
    {
        Services = context.Services,
        ResourceName = context.ResourceName,
        Endpoint = endpoint,
        CancellationToken = context.CancellationToken,
        HttpClient = client,
        Arguments = context.Arguments,
        Response = response,
    };

    private static async Task<ExecuteCommandResult> DefaultAsync(HttpResponseMessage response, HttpCommandResultMode mode, CancellationToken cancellationToken)
    {
        var message = $"Request failed with status code {(int)response.StatusCode} ({response.StatusCode})";
        if (mode == HttpCommandResultMode.None)
        {
            return response.IsSuccessStatusCode ? CommandResults.Success() : CommandResults.Failure(message);
        }

        var isJson = mode == HttpCommandResultMode.Json
            || (mode == HttpCommandResultMode.Auto && response.Content.Headers.ContentType?.MediaType is MediaTypeNames.Application.Json or MediaTypeNames.Application.ProblemJson);
        var data = new CommandResultData
        {
            Value = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false),
            Format = isJson ? CommandResultFormat.Json : CommandResultFormat.Text,
        };
        return response.IsSuccessStatusCode
            ? CommandResults.Success($"{(int)response.StatusCode} ({response.StatusCode})", data)
            : CommandResults.Failure(message, data);
    }
}
