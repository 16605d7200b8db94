namespace MlKit.Inference;

/// <summary>
/// Sends each call to the server with the fewest calls in progress, leaves out for a while those that could not be
/// reached, and repeats what no server could take within the deadline.
/// </summary>
public sealed class BalancedInferenceClient : IInferenceClient
{
    private readonly InferenceClientOptions _options;
    private readonly Server[] _servers;
    private int _turn;

    /// <summary>Wraps clients of equal servers.</summary>
    /// <param name="clients">One for each server.</param>
    /// <param name="options">Deadline, repetitions and clock.</param>
    public BalancedInferenceClient(IEnumerable<IInferenceClient> clients, InferenceClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _servers = [.. clients.Select(client => new Server(client))];
        if (_servers.Length == 0)
        {
            throw new ArgumentException("there must be one client or more", nameof(clients));
        }
    }

    /// <inheritdoc />
    public async Task<bool> IsServerReadyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var server in _servers)
        {
            if (await server.Client.IsServerReadyAsync(cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public async Task<bool> IsModelReadyAsync(string model, string version = "", CancellationToken cancellationToken = default)
    {
        foreach (var server in _servers)
        {
            if (await server.Client.IsModelReadyAsync(model, version, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public Task<ServerMetadata> GetServerMetadataAsync(CancellationToken cancellationToken = default) =>
        CallAsync("ServerMetadata", "", true, (client, token) => client.GetServerMetadataAsync(token), cancellationToken);

    /// <inheritdoc />
    public Task<ModelMetadata> GetModelMetadataAsync(string model, string version = "", CancellationToken cancellationToken = default) =>
        CallAsync("ModelMetadata", model, true, (client, token) => client.GetModelMetadataAsync(model, version, token), cancellationToken);

    /// <inheritdoc />
    public Task<InferResponse> InferAsync(InferRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync("ModelInfer", request.ModelName, !IsSequence(request), (client, token) => client.InferAsync(request, token), cancellationToken);
    }

    /// <summary>A call of a sequence changes what the server remembers, so that sending it twice is not the same as once.</summary>
    private static bool IsSequence(InferRequest request) =>
        request.Parameters.TryGetValue("sequence_id", out var id) && id is not (0L or 0UL or "");

    private async Task<T> CallAsync<T>(
        string method, string model, bool mayRepeat, Func<IInferenceClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var telemetry = InferenceTelemetry.Start(method, model, _options.TimeProvider);
        try
        {
            return await RepeatAsync(mayRepeat, call, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            telemetry.Fail("deadline");
            throw new InferenceException(InferenceErrorKind.Unavailable, $"no answer within {_options.Timeout.TotalSeconds:0.###} s", error);
        }
        catch (InferenceException error)
        {
            telemetry.Fail(error.Kind.ToString());
            throw;
        }
    }

    private async Task<T> RepeatAsync<T>(bool mayRepeat, Func<IInferenceClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var tried = 0; ; tried++)
        {
            var server = Choose();
            Interlocked.Increment(ref server.InProgress);
            try
            {
                return await call(server.Client, cancellationToken).ConfigureAwait(false);
            }
            catch (InferenceException error) when (error.Kind == InferenceErrorKind.Unavailable && !cancellationToken.IsCancellationRequested)
            {
                server.NotBefore = _options.TimeProvider.GetUtcNow() + (error.RetryAfter ?? _options.LeaveOut);
                if (!mayRepeat || tried >= _options.MaxRetries)
                {
                    throw;
                }

                await PauseAsync(tried, error.RetryAfter, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref server.InProgress);
            }
        }
    }

    /// <summary>No pause where another server is there at once; else what the server asks for, or longer each time.</summary>
    private Task PauseAsync(int tried, TimeSpan? asked, CancellationToken cancellationToken)
    {
        var now = _options.TimeProvider.GetUtcNow();
        return Array.Exists(_servers, server => server.NotBefore <= now)
            ? Task.CompletedTask
            : Task.Delay(asked ?? (_options.RetryPause * Math.Pow(2, tried)), _options.TimeProvider, cancellationToken);
    }

    private Server Choose()
    {
        var now = _options.TimeProvider.GetUtcNow();
        var first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_servers.Length);
        Server? best = null;
        for (var i = 0; i < _servers.Length; i++)
        {
            var server = _servers[(first + i) % _servers.Length];
            if (server.NotBefore <= now && (best is null || server.InProgress < best.InProgress))
            {
                best = server;
            }
        }

        return best ?? _servers.MinBy(server => server.NotBefore)!;
    }

    private sealed class Server(IInferenceClient client)
    {
        private long _notBefore;

        public int InProgress;

        public IInferenceClient Client { get; } = client;

        public DateTimeOffset NotBefore
        {
            get => new(Interlocked.Read(ref _notBefore), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _notBefore, value.UtcTicks);
        }
    }
}
