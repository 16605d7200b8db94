using System.Net;
using System.Text;
using MlKit.Inference.Rest;

namespace MlKit.Inference.Tests;

public sealed class RestClientTests
{
    private static readonly InferRequest Request = new() { ModelName = "a/b", ModelVersion = "3", Inputs = [Tensor.Create<float>("x", [1], 1)] };

    [Fact]
    public async Task Names_are_escaped_and_the_length_of_the_JSON_is_told()
    {
        HttpRequestMessage? sent = null;
        var client = Client(message =>
        {
            sent = message;
            return Answer(200, """{"model_name":"a/b","model_version":"3","outputs":[{"name":"y","datatype":"FP32","shape":[1],"data":[2]}]}""");
        });
        var response = await client.InferAsync(Request, TestContext.Current.CancellationToken);
        Assert.Equal([2f], response.Output("y").ToArray<float>());
        Assert.Equal("/v2/models/a%2Fb/versions/3/infer", sent!.RequestUri!.AbsolutePath);
        Assert.True(sent.Headers.Contains(RestHeaders.InferenceHeaderLength));
        Assert.Contains("'z'", Assert.Throws<KeyNotFoundException>(() => response.Output("z")).Message);
    }

    [Theory]
    [InlineData(400, """{"error":"wrong shape"}""", InferenceErrorKind.InvalidArgument, "wrong shape")]
    [InlineData(404, """{"error":"no model"}""", InferenceErrorKind.NotFound, "no model")]
    [InlineData(503, """{"error":"loading"}""", InferenceErrorKind.Unavailable, "loading")]
    [InlineData(500, "<html>", InferenceErrorKind.Internal, "status 500")]
    public async Task Refusals_keep_their_kind_and_reason(int status, string body, InferenceErrorKind kind, string reason)
    {
        var error = await Assert.ThrowsAsync<InferenceException>(() => Client(_ => Answer(status, body)).InferAsync(Request, TestContext.Current.CancellationToken));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public async Task A_server_that_is_away_is_unavailable_and_not_ready()
    {
        var client = Client(_ => throw new HttpRequestException("connection refused"));
        var error = await Assert.ThrowsAsync<InferenceException>(() => client.InferAsync(Request, TestContext.Current.CancellationToken));
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        Assert.False(await client.IsServerReadyAsync(TestContext.Current.CancellationToken));
        Assert.False(await client.IsModelReadyAsync("m", "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Running_out_of_time_is_unavailable_and_giving_up_is_a_cancellation()
    {
        var late = Client(_ => throw new TaskCanceledException("timeout"));
        Assert.Equal(
            InferenceErrorKind.Unavailable,
            (await Assert.ThrowsAsync<InferenceException>(() => late.InferAsync(Request, TestContext.Current.CancellationToken))).Kind);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.InferAsync(Request, new CancellationToken(canceled: true)));
    }

    private static RestInferenceClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(new HttpClient(new Handler(answer)) { BaseAddress = new Uri("http://scorer/") });

    private static HttpResponseMessage Answer(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(answer(request));
        }
    }
}
