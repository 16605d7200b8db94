using System.Net;
using System.Text;
using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

/// <summary>Whatever comes in, the answer is 4xx with a reason, and the next request is answered.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Whole = """{"id":"a","inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}],"outputs":[{"name":"y"}]}""";
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();
    private RunningScorer _scorer = null!;

    public async ValueTask InitializeAsync()
    {
        _repository.Write("adder/model.onnx", OnnxFile.Adder(1));
        _repository.Write("greedy/model.onnx", OnnxFile.Greedy());
        _scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:BATCHSIZE", "10000000");
    }

    public async ValueTask DisposeAsync()
    {
        await _scorer.DisposeAsync();
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Malformed_JSON_at_every_prefix_is_refused()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            await RefusedAsync(Encoding.UTF8.GetBytes(Whole[..length]));
        }

        await AnswersAsync();
    }

    [Theory]
    [InlineData("[1]", "elements")]
    [InlineData("[1,2,3]", "more than the 2 elements")]
    [InlineData("[[1],[2]]", "nesting")]
    [InlineData("[1,\"2\"]", "a number")]
    [InlineData("[1,null]", "a number")]
    [InlineData("[1,1e400]", "FP32 can hold")]
    [InlineData("[1,true]", "a number")]
    [InlineData("{\"a\":1}", "must be an array")]
    [InlineData("[1,2]],\"data\":[[1,2]", "JSON")]
    public Task Data_that_do_not_fit_are_refused(string data, string reason) => RefusedAsync(Input("[1,2]", data), reason);

    [Theory]
    [InlineData("[-1,2]", "negative dimension")]
    [InlineData("[9223372036854775807,9223372036854775807]", "elements")]
    [InlineData("[4294967296,4294967296]", "elements")]
    [InlineData("[18446744073709551616]", "array of integers")]
    [InlineData("[1.5,2]", "array of integers")]
    [InlineData("\"1,2\"", "array of integers")]
    [InlineData("[]", "elements")]
    [InlineData("[2,1]", "the model takes [-1,2]")]
    public Task Shapes_that_no_tensor_can_have_are_refused(string shape, string reason) => RefusedAsync(Input(shape, "[1,2]"), reason);

    [Fact]
    public Task An_output_that_is_wanted_in_shared_memory_is_refused() => RefusedAsync(
        Encoding.UTF8.GetBytes(Whole.Replace("""{"name":"y"}""", """{"name":"y","parameters":{"shared_memory_region":"r","shared_memory_byte_size":8}}""", StringComparison.Ordinal)),
        "shared memory is not implemented");

    [Fact]
    public async Task A_nesting_bomb_is_refused()
    {
        await RefusedAsync(Encoding.UTF8.GetBytes(new string('[', 1_000_000)));
        await RefusedAsync(Input("[1,2]", new string('[', 200) + new string(']', 200)));
        await AnswersAsync();
    }

    [Theory]
    [InlineData("5000", "the body has")]
    [InlineData("-1", "a number of bytes")]
    [InlineData("many", "a number of bytes")]
    [InlineData("99999999999", "a number of bytes")]
    public Task A_header_length_that_cannot_be_is_refused(string length, string reason) => RefusedAsync(Encoding.UTF8.GetBytes(Whole), reason, length);

    [Theory]
    [InlineData(8, 4, "take at least")]
    [InlineData(8, 12, "follow the JSON")]
    [InlineData(2147483647, 8, "take at least")]
    public Task Binary_sizes_that_do_not_add_up_are_refused(int announced, int sent, string reason)
    {
        var json = Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":{{{announced}}}}}]}""");
        return RefusedAsync([.. json, .. new byte[sent]], reason, $"{json.Length}");
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 127 }, "claims 2147483647 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 255 }, "claims 4294967295 bytes")]
    [InlineData(new byte[] { 1, 0, 0 }, "is cut")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "hold 2 elements, the shape has 1")]
    public async Task Lengths_of_byte_strings_that_pass_the_end_are_refused(byte[] data, string reason)
    {
        var json = Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":{{{data.Length}}}}}]}""");
        await RefusedAsync([.. json, .. data], reason, $"{json.Length}");
        Assert.Equal(["a\0b", ""], new Tensor("t", TensorDataType.Bytes, [2], ByteStrings.Encode(["a\0b", ""])).ToStrings());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("adder:predict")]
    [InlineData("a%2Fb")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("%00")]
    [InlineData("adder%0d%0aX-Evil:1")]
    public async Task Names_that_no_model_has_are_refused(string name)
    {
        var response = await _scorer.Http.PostAsync($"/v2/models/{name}/infer", new StringContent(Whole), TestContext.Current.CancellationToken);
        Assert.InRange((int)response.StatusCode, 400, 404);
        await AnswersAsync();
    }

    [Fact]
    public async Task Sixty_four_megabytes_are_answered_and_one_byte_more_is_413()
    {
        var rows = ((64 << 20) - 1000) / 8;
        var request = new InferRequest { ModelName = "adder", Inputs = [Tensor.Create<float>("x", new float[rows * 2], rows, 2)] };
        var answer = await _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        Assert.All(answer.Output("y").ToArray<float>().Chunk(1 << 20), chunk => Assert.Equal(chunk.Length, chunk.Count(value => value == 1)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(new byte[(64 << 20) + 1])).StatusCode);
        await AnswersAsync();
    }

    [Fact]
    public async Task A_request_for_which_the_model_has_no_memory_hurts_nobody_else()
    {
        var request = new InferRequest { ModelName = "greedy", Inputs = [Tensor.Create<float>("x", [1e13f, 0], 1, 2)] };
        var error = await Assert.ThrowsAsync<InferenceException>(() => _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken));
        Assert.NotEqual(InferenceErrorKind.Internal, error.Kind);
        await AnswersAsync();
    }

    private static byte[] Input(string shape, string data) =>
        Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"x","shape":{{shape}},"datatype":"FP32","data":{{data}}}]}""");

    private async Task RefusedAsync(byte[] body, string reason = "", string? headerLength = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v2/models/adder/infer") { Content = new ByteArrayContent(body) };
        if (headerLength is not null)
        {
            message.Headers.TryAddWithoutValidation(RestHeaders.InferenceHeaderLength, headerLength);
        }

        var response = await _scorer.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await TextAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{(int)response.StatusCode} to {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(200, body.Length)))}: {text}");
        Assert.StartsWith("{\"error\":", text);
        Assert.Contains(reason, text);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v2/models/adder/infer") { Content = new ByteArrayContent(body) };
        // The server answers before it has all; a client that does not wait for that sees its connection end.
        message.Headers.ExpectContinue = true;
        return await _scorer.Http.SendAsync(message, TestContext.Current.CancellationToken);
    }

    private async Task AnswersAsync()
    {
        var request = new InferRequest { ModelName = "adder", Inputs = [Tensor.Create<float>("x", [float.NaN, float.PositiveInfinity], 1, 2)] };
        var answer = await _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([float.NaN, float.PositiveInfinity], answer.Output("y").ToArray<float>());
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
