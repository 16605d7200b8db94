using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Aspire.Hosting;

namespace MlKit.Aspire.Embedded.Ide;

/// <summary>Speaks the session protocol with an IDE.</summary>
internal sealed class IdeClient : IDisposable
{
    private const string InstanceHeader = "Microsoft-Developer-DCP-Instance-ID";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly IdeSettings _settings;
    private readonly HttpClient _http;
    private readonly string _instance;
    private string _version = IdeSettings.Versions[^1];

    public IdeClient(IdeSettings settings)
    {
        _settings = settings;
        _instance = settings.InstancePrefix + new string(System.Security.Cryptography.RandomNumberGenerator.GetItems<char>("abcdefghijklmnopqrstuvwxyz0123456789", 12));
        _http = new HttpClient(Handler()) { BaseAddress = settings.Address, Timeout = Deadline };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        _http.DefaultRequestHeaders.Add(InstanceHeader, _instance);
    }

    /// <summary>Agrees on the newest version that both know.</summary>
    /// <exception cref="DistributedApplicationException">The IDE does not answer, or knows no such version.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "info", null, cancellationToken);
        await RequireAsync(response, cancellationToken);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var theirs = document.RootElement.GetProperty("protocols_supported").EnumerateArray().Select(v => v.GetString()).ToList();
        _version = IdeSettings.Versions.FirstOrDefault(theirs.Contains) ?? throw new DistributedApplicationException(
            $"the IDE speaks the session protocol in the versions {string.Join(", ", theirs)}, the host in {string.Join(", ", IdeSettings.Versions)}");
    }

    /// <summary>Opens the socket on which the IDE tells about all sessions.</summary>
    public async Task<WebSocket> ListenAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_settings.Token}");
        socket.Options.SetRequestHeader(InstanceHeader, _instance);
        socket.Options.HttpVersion = HttpVersion.Version11;
        if (_settings.Certificate is not null)
        {
            socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTrusted(certificate?.GetRawCertData());
        }

        var address = new UriBuilder(new Uri(_settings.Address, Path("run_session/notify"))) { Scheme = _settings.Certificate is null ? "ws" : "wss" }.Uri;
        await socket.ConnectAsync(address, cancellationToken);
        return socket;
    }

    /// <summary>Starts a program; gives the id of its session.</summary>
    /// <exception cref="DistributedApplicationException">The IDE refused; the message is its own.</exception>
    public async Task<string> StartAsync(RunSessionRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Put, Path("run_session"), JsonContent.Create(request), cancellationToken);
        await RequireAsync(response, cancellationToken);
        var location = response.Headers.Location?.OriginalString.TrimEnd('/')
            ?? throw new DistributedApplicationException("the IDE answered without the address of the session");
        return location[(location.LastIndexOf('/') + 1)..].Split('?')[0];
    }

    /// <summary>Ends a session; one that is gone already is no error.</summary>
    public async Task StopAsync(string session)
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Delete, Path($"run_session/{session}"), null, CancellationToken.None);
        }
        catch (DistributedApplicationException)
        {
            // The IDE is gone, and so is what it started.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string Path(string path) => $"{path}?api-version={_version}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DistributedApplicationException($"the IDE at {_settings.Address} ({IdeSettings.PortKey}) does not answer: {e.Message}", e);
        }
    }

    private static async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new DistributedApplicationException($"the IDE refused ({(int)response.StatusCode}): {MessageOf(body) ?? response.ReasonPhrase ?? "no message"}");
    }

    private static string? MessageOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("error").GetProperty("message").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return string.IsNullOrWhiteSpace(body) ? null : body.Trim();
        }
    }

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (_settings.Certificate is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTrusted(certificate?.GetRawCertData());
        }

        return handler;
    }

    private bool IsTrusted(byte[]? certificate) => certificate is not null && certificate.AsSpan().SequenceEqual(_settings.Certificate!.RawData);
}
