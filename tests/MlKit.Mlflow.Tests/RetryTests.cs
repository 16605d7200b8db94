using System.Net;
using System.Text;
using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>Which calls are repeated: those that MLflow's own client repeats, and no others.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_passing_failure_is_repeated_with_the_same_body(HttpStatusCode status)
    {
        var handler = new ScriptedHandler(status, status, HttpStatusCode.OK);
        await Client(handler).SetTagAsync("r", "k", "v", TestContext.Current.CancellationToken);
        Assert.Equal(3, handler.Bodies.Count);
        Assert.Equal("""{"run_id":"r","key":"k","value":"v"}""", Assert.Single(handler.Bodies.Distinct()));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NotImplemented)]
    [InlineData(HttpStatusCode.Created)]
    public async Task Any_other_answer_is_final(HttpStatusCode status)
    {
        var handler = new ScriptedHandler(status) { Answer = """{"error_code":"SOME_CODE","message":"why"}""" };
        var error = await Assert.ThrowsAsync<MlflowException>(
            () => Client(handler).SetTagAsync("r", "k", "v", TestContext.Current.CancellationToken));
        Assert.Equal(("SOME_CODE", status), (error.ErrorCode, error.StatusCode));
        Assert.Contains("why", error.Message, StringComparison.Ordinal);
        Assert.Single(handler.Bodies);
    }

    [Fact]
    public async Task Repetitions_end()
    {
        var handler = new ScriptedHandler(HttpStatusCode.ServiceUnavailable) { Answer = "not JSON" };
        var error = await Assert.ThrowsAsync<MlflowException>(
            () => Client(handler).GetRunAsync("r", TestContext.Current.CancellationToken));
        Assert.Equal("TEMPORARILY_UNAVAILABLE", error.ErrorCode);
        Assert.Equal(3, handler.Bodies.Count);
    }

    [Fact]
    public async Task An_upload_that_can_be_read_again_is_repeated_from_its_start()
    {
        var handler = new ScriptedHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("-content"));
        content.Position = 1;
        await Client(handler).UploadToAsync("mlflow-artifacts:/0/x", "a.txt", content, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["content", "content"], handler.Bodies);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };
        var error = await Assert.ThrowsAsync<MlflowException>(() =>
            new MlflowClient(http, Fast()).GetRunAsync("r", TestContext.Current.CancellationToken));
        Assert.Equal("UNREACHABLE", error.ErrorCode);
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_go_with_every_call()
    {
        var handler = new ScriptedHandler(HttpStatusCode.OK);
        var options = Fast();
        options.Token = "abc";
        await Client(handler, options).SetTagAsync("r", "k", "v", TestContext.Current.CancellationToken);
        options = Fast();
        (options.Username, options.Password) = ("u", "p");
        await Client(handler, options).SetTagAsync("r", "k", "v", TestContext.Current.CancellationToken);
        Assert.Equal(["Bearer abc", "Basic dTpw"], handler.Authorizations);
    }

    private static MlflowClient Client(HttpMessageHandler handler, MlflowClientOptions? options = null) =>
        new(new HttpClient(handler) { BaseAddress = new Uri("http://mlflow") }, options ?? Fast());

    private static MlflowClientOptions Fast() => new() { MaxRetries = 2, FirstRetryDelay = TimeSpan.FromMilliseconds(1) };
}
