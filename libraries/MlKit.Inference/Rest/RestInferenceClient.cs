using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlKit.Inference.Rest;

/// <summary>
/// The protocol over HTTP, with binary tensors. Works against any Open Inference server that has the binary extension.
/// </summary>
/// <param name="http">Its base address is the server's, for example <c>http://localhost:8000</c>.</param>
public sealed class RestInferenceClient(HttpClient http) : IInferenceClient
{
    /// <inheritdoc />
    public Task<bool> IsServerReadyAsync(CancellationToken cancellationToken = default) =>
        IsOkAsync("v2/health/ready", cancellationToken);

    /// <inheritdoc />
    public Task<bool> IsModelReadyAsync(string model, string version = "", CancellationToken cancellationToken = default) =>
        IsOkAsync($"{ModelPath(model, version)}/ready", cancellationToken);

    /// <inheritdoc />
    public Task<ServerMetadata> GetServerMetadataAsync(CancellationToken cancellationToken = default) =>
        GetAsync("v2", InferenceJson.Default.ServerMetadata, cancellationToken);

    /// <inheritdoc />
    public Task<ModelMetadata> GetModelMetadataAsync(string model, string version = "", CancellationToken cancellationToken = default) =>
        GetAsync(ModelPath(model, version), InferenceJson.Default.ModelMetadata, cancellationToken);

    /// <inheritdoc />
    public async Task<InferResponse> InferAsync(InferRequest request, CancellationToken cancellationToken = default)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        var headerLength = RestBodyWriter.WriteRequest(body, request);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{ModelPath(request.ModelName, request.ModelVersion)}/infer")
        {
            Content = new ReadOnlyMemoryContent(body.WrittenMemory)
            {
                Headers = { ContentType = new MediaTypeHeaderValue(RestHeaders.Binary) },
            },
        };
        message.Headers.TryAddWithoutValidation(RestHeaders.InferenceHeaderLength, $"{headerLength}");
        using var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return RestBodyReader.ReadResponse(content, HeaderLength(response));
    }

    private static string ModelPath(string model, string version) => version.Length == 0
        ? $"v2/models/{Uri.EscapeDataString(model)}"
        : $"v2/models/{Uri.EscapeDataString(model)}/versions/{Uri.EscapeDataString(version)}";

    private static int? HeaderLength(HttpResponseMessage response) =>
        response.Headers.TryGetValues(RestHeaders.InferenceHeaderLength, out var values)
        || response.Content.Headers.TryGetValues(RestHeaders.InferenceHeaderLength, out values)
            ? int.Parse(values.First(), System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>A call that ran out of time shows as a cancellation that the caller did not ask for.</summary>
    private static bool IsRemote(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<bool> IsOkAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(path, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            return false;
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false)
            ?? throw new InferenceException(InferenceErrorKind.Internal, $"GET {path} answered null");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, $"the inference server at {http.BaseAddress} cannot be reached: {error.Message}", error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var reason = await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
            throw new InferenceException(InferenceException.KindOf((int)response.StatusCode), reason) { RetryAfter = response.Headers.RetryAfter?.Delta };
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadFromJsonAsync(InferenceJson.Default.InferenceError, cancellationToken).ConfigureAwait(false);
            return body?.Error ?? $"status {(int)response.StatusCode}";
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or HttpRequestException)
        {
            return $"status {(int)response.StatusCode} without a readable reason";
        }
    }
}
