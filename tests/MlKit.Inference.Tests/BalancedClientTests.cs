using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace MlKit.Inference.Tests;

public sealed class BalancedClientTests
{
    private static readonly InferRequest Request = new() { ModelName = "m", Inputs = [Tensor.Create<float>("x", [1], 1)] };
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_call_goes_to_the_server_with_the_fewest_in_progress()
    {
        var (busy, free) = (new FakeServer { IsHeld = true }, new FakeServer());
        var client = Client([busy, free]);
        var calls = Enumerable.Range(0, 10).Select(_ => client.InferAsync(Request, TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(1, busy.Calls);
        Assert.Equal(9, free.Calls);
        busy.LetGo();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task What_no_server_could_take_is_repeated_at_another_which_is_used_from_then_on()
    {
        var (down, up) = (new FakeServer { Failure = InferenceErrorKind.Unavailable }, new FakeServer());
        var client = Client([down, up]);
        for (var i = 0; i < 6; i++)
        {
            await client.InferAsync(Request, TestContext.Current.CancellationToken);
        }

        Assert.Equal((1, 6), (down.Calls, up.Calls));
        _time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 2; i++)
        {
            await client.InferAsync(Request, TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, down.Calls);
    }

    [Fact]
    public async Task A_repetition_waits_as_long_as_the_server_asks()
    {
        var server = new FakeServer { Failure = InferenceErrorKind.Unavailable, RetryAfter = TimeSpan.FromSeconds(3) };
        var call = Client([server]).InferAsync(Request, TestContext.Current.CancellationToken);
        Assert.Equal(1, server.Calls);
        server.Failure = null;
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, server.Calls);
        _time.Advance(TimeSpan.FromSeconds(2));
        await call;
        Assert.Equal(2, server.Calls);
    }

    [Theory]
    [InlineData(InferenceErrorKind.InvalidArgument)]
    [InlineData(InferenceErrorKind.NotFound)]
    [InlineData(InferenceErrorKind.Internal)]
    public async Task What_a_repetition_cannot_mend_is_not_repeated(InferenceErrorKind kind)
    {
        var server = new FakeServer { Failure = kind };
        await Assert.ThrowsAsync<InferenceException>(() => Client([server, server]).InferAsync(Request, TestContext.Current.CancellationToken));
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_call_of_a_sequence_is_not_repeated()
    {
        var server = new FakeServer { Failure = InferenceErrorKind.Unavailable };
        var request = Request with { Parameters = new Dictionary<string, object> { ["sequence_id"] = 7L } };
        await Assert.ThrowsAsync<InferenceException>(() => Client([server, new FakeServer { Failure = InferenceErrorKind.Unavailable }]).InferAsync(request, TestContext.Current.CancellationToken));
        Assert.InRange(server.Calls, 0, 1);
    }

    [Fact]
    public async Task A_call_ends_at_its_deadline()
    {
        var server = new FakeServer { IsHeld = true };
        var call = Client([server]).InferAsync(Request, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(11));
        var error = await Assert.ThrowsAsync<InferenceException>(() => call);
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        Assert.Contains("no answer within 10 s", error.Message);
    }

    [Fact]
    public async Task Dependency_injection_gives_a_client_and_a_health_check()
    {
        var services = new ServiceCollection().AddLogging().AddInferenceClient("scorer", options => options.Addresses.Add(new Uri("http://127.0.0.1:1")));
        await using var provider = services.BuildServiceProvider();
        Assert.IsType<BalancedInferenceClient>(provider.GetRequiredService<IInferenceClient>());
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["scorer"].Status);
        Assert.Contains("allowed: one absolute address", Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddInferenceClient("x", _ => { })).Message);
    }

    private BalancedInferenceClient Client(IEnumerable<IInferenceClient> servers) => new(servers, new InferenceClientOptions { TimeProvider = _time });

    private sealed class FakeServer : IInferenceClient
    {
        private readonly TaskCompletionSource _held = new();

        public bool IsHeld { get; init; }

        public InferenceErrorKind? Failure { get; set; }

        public TimeSpan? RetryAfter { get; init; }

        public int Calls { get; private set; }

        public void LetGo() => _held.SetResult();

        public Task<bool> IsServerReadyAsync(CancellationToken cancellationToken = default) => Task.FromResult(Failure is null);

        public Task<bool> IsModelReadyAsync(string model, string version = "", CancellationToken cancellationToken = default) => Task.FromResult(Failure is null);

        public Task<ServerMetadata> GetServerMetadataAsync(CancellationToken cancellationToken = default) => Task.FromResult(new ServerMetadata("fake", "1", []));

        public Task<ModelMetadata> GetModelMetadataAsync(string model, string version = "", CancellationToken cancellationToken = default) =>
            Task.FromResult(new ModelMetadata(model, ["1"], "fake", [], [], null));

        public async Task<InferResponse> InferAsync(InferRequest request, CancellationToken cancellationToken = default)
        {
            Calls++;
            if (IsHeld)
            {
                await _held.Task.WaitAsync(cancellationToken);
            }

            return Failure is { } kind
                ? throw new InferenceException(kind, "fails") { RetryAfter = RetryAfter }
                : new InferResponse { ModelName = request.ModelName, ModelVersion = "1", Outputs = [] };
        }
    }
}
