using System.Net;

namespace MlKit.Tests;

/// <summary>Answers with given status codes in turn, the last one for ever, and counts the calls.</summary>
internal sealed class ScriptedHandler(params HttpStatusCode[] statuses) : HttpMessageHandler
{
    public List<string> Bodies { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public string Answer { get; set; } = "{}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var status = statuses[Math.Min(Bodies.Count, statuses.Length - 1)];
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Authorizations.Add(request.Headers.Authorization?.ToString());
        return new HttpResponseMessage(status) { Content = new StringContent(Answer) };
    }
}
