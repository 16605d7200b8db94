using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlKit.Mlflow.Transport;

/// <summary>Sends calls, repeats what may be repeated and turns error bodies into <see cref="MlflowException"/>.</summary>
internal sealed class MlflowTransport
{
    public const string Api = "api/2.0/mlflow/";
    public const string PagesApi = "ajax-api/2.0/mlflow/";
    public const string Proxy = "api/2.0/mlflow-artifacts/artifacts/";

    private readonly HttpClient _http;
    private readonly MlflowClientOptions _options;
    private readonly AuthenticationHeaderValue? _authorization;

    public MlflowTransport(HttpClient http, MlflowClientOptions options)
    {
        _http = http;
        _options = options;
        _authorization = Authorization(options);
        var address = http.BaseAddress ?? throw new ArgumentException(
            "The HttpClient needs a BaseAddress: the address of the tracking server.", nameof(http));
        Address = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    /// <summary>The server, with a closing slash.</summary>
    public Uri Address { get; }

    public Task<TResponse> GetAsync<TResponse>(
        string path, QueryString? query, JsonTypeInfo<TResponse> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Api + path + query, null, type, cancellationToken);

    public Task<TResponse> SendAsync<TRequest, TResponse>(
        HttpMethod method, string path, TRequest request, JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> type, CancellationToken cancellationToken) =>
        SendAsync(method, Api + path, () => Json(request, requestType), type, cancellationToken);

    public Task PostAsync<TRequest>(
        string path, TRequest request, JsonTypeInfo<TRequest> requestType, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, request, requestType, WireJson.Default.EmptyResponse, cancellationToken);

    public async Task<TResponse> SendAsync<TResponse>(
        HttpMethod method, string path, Func<HttpContent>? content, JsonTypeInfo<TResponse> type,
        CancellationToken cancellationToken)
    {
        using var response = await SendWithRetriesAsync(
            method, new Uri(Address, path), content, _options.AttemptTimeout, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body.Length == 0 ? "{}"u8 : body, type)
                ?? throw new JsonException("the body is null");
        }
        catch (JsonException error)
        {
            throw new MlflowException(
                "BAD_RESPONSE", response.StatusCode, $"{method} {path} was not answered in MLflow's JSON", error);
        }
    }

    /// <summary>
    /// Sends and returns the successful answer with its body unread. <paramref name="content"/> is asked anew for
    /// each attempt; null content that cannot be made twice is the caller's matter (<paramref name="repeat"/>).
    /// </summary>
    public async Task<HttpResponseMessage> SendWithRetriesAsync(
        HttpMethod method, Uri address, Func<HttpContent>? content, TimeSpan? timeout,
        CancellationToken cancellationToken, bool repeat = true, RangeHeaderValue? range = null)
    {
        using var call = new CallScope(method, address, _options.TimeProvider);
        var attempts = repeat ? Math.Clamp(_options.MaxRetries, 0, 10) : 0;
        for (var attempt = 0; ; attempt++)
        {
            HttpResponseMessage? response = null;
            try
            {
                response = await SendOnceAsync(method, address, content?.Invoke(), timeout, range, cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK || response.StatusCode == HttpStatusCode.PartialContent)
                {
                    return response;
                }

                if (attempt >= attempts || !RetryRules.IsTransient(response.StatusCode))
                {
                    throw call.Fail(await ErrorAsync(method, address, response, cancellationToken));
                }
            }
            catch (HttpRequestException error) when (attempt >= attempts)
            {
                throw call.Fail(new MlflowException("UNREACHABLE", HttpStatusCode.ServiceUnavailable,
                    $"{method} {address} got no answer: {error.Message}", error));
            }
            catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested && attempt >= attempts)
            {
                throw call.Fail(new MlflowException("UNREACHABLE", HttpStatusCode.GatewayTimeout,
                    $"{method} {address} was not answered within {timeout?.TotalSeconds:0} s", error));
            }
            catch (HttpRequestException)
            {
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
            }

            var pause = RetryRules.Pause(_options, attempt, response);
            response?.Dispose();
            call.Repeat();
            await Task.Delay(pause, _options.TimeProvider, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, HttpContent? content, TimeSpan? timeout, RangeHeaderValue? range,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Range = range;
        if (_authorization is not null && Address.IsBaseOf(address))
        {
            request.Headers.Authorization = _authorization;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } time)
        {
            limit.CancelAfter(time);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
    }

    private static async Task<MlflowException> ErrorAsync(
        HttpMethod method, Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var body = Parse(text);
            var message = body?.Message ?? $"{method} {address.AbsolutePath} was refused";
            return new MlflowException(body?.ErrorCode ?? FromStatus(response.StatusCode), response.StatusCode, message);
        }
    }

    private static ErrorBody? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WireJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string FromStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => "BAD_REQUEST",
        HttpStatusCode.Unauthorized => "UNAUTHENTICATED",
        HttpStatusCode.Forbidden => "PERMISSION_DENIED",
        HttpStatusCode.NotFound => "ENDPOINT_NOT_FOUND",
        HttpStatusCode.TooManyRequests => "REQUEST_LIMIT_EXCEEDED",
        HttpStatusCode.ServiceUnavailable => "TEMPORARILY_UNAVAILABLE",
        _ => "INTERNAL_ERROR",
    };

    private static JsonContent Json<T>(T value, JsonTypeInfo<T> type) =>
        JsonContent.Create(value, type, new MediaTypeHeaderValue("application/json"));

    private static AuthenticationHeaderValue? Authorization(MlflowClientOptions options)
    {
        if (!string.IsNullOrEmpty(options.Token))
        {
            return new AuthenticationHeaderValue("Bearer", options.Token);
        }

        return string.IsNullOrEmpty(options.Username)
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}")));
    }
}
