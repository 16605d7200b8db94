using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlKit.OnlineStore;

namespace MlKit.Tests;

/// <summary>The guard over a store that fails, with a clock that the test moves.</summary>
public sealed class MemoryGuardTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _log = new();
    private readonly FailingStore _store = new();

    [Fact]
    public async Task A_look_that_fails_is_followed_by_the_next()
    {
        _store.Bytes = 32 * 1024 * 1024;
        _store.Failures = 1;
        using var guard = await StartAsync();
        await LookAsync(guard, () => guard.RefusesWrites);

        Assert.Equal([false], _store.Allowed);
        Assert.Equal(1, _log.Count("The memory budget could not be watched: the rights of clients were not changed"));
        Assert.Equal(1, _log.Count("The memory budget is watched again"));

        _store.Bytes = 0;
        _store.Failures = 1;
        await LookAsync(guard, () => !guard.RefusesWrites);
        Assert.Equal([false, true], _store.Allowed);
        await guard.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_failure_that_goes_on_is_told_once_a_minute()
    {
        _store.Bytes = 32 * 1024 * 1024;
        _store.Failures = int.MaxValue;
        using var guard = await StartAsync();
        await LookAsync(guard, () => _store.Attempts >= 200);
        Assert.Equal(1, _log.Count("could not be watched"));

        _clock.Advance(TimeSpan.FromMinutes(1));
        var before = _store.Attempts;
        await LookAsync(guard, () => _store.Attempts >= before + 100);
        Assert.Equal(2, _log.Count("could not be watched"));
        await guard.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<MemoryGuard> StartAsync()
    {
        var guard = new MemoryGuard(_store, new OnlineStoreOptions(1, null, 16, 300, 100), _clock, _log);
        await guard.StartAsync(TestContext.Current.CancellationToken);
        return guard;
    }

    /// <summary>Moves the clock from look to look until something holds.</summary>
    private Task LookAsync(MemoryGuard guard, Func<bool> until) => Eventually.True(
        () =>
        {
            for (var i = 0; i < 20 && !until(); i++)
            {
                var before = _store.Looks;
                _clock.Advance(Look);
                SpinWait.SpinUntil(() => _store.Looks > before, TimeSpan.FromSeconds(1));
            }

            return Task.FromResult(until() && !guard.ExecuteTask!.IsCompleted);
        },
        TimeSpan.FromSeconds(20),
        "the guard looks on");

    private sealed class FailingStore : IGuardedStore
    {
        private int _looks;
        private int _attempts;

        public long Bytes;

        public int Failures;

        public ConcurrentQueue<bool> Allowed { get; } = new();

        public int Looks => Volatile.Read(ref _looks);

        public int Attempts => Volatile.Read(ref _attempts);

        public long UsedBytes()
        {
            Interlocked.Increment(ref _looks);
            return Volatile.Read(ref Bytes);
        }

        public Task AllowWritesAsync(bool allow, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _attempts);
            if (Interlocked.Decrement(ref Failures) >= 0)
            {
                throw new IOException("the rights of clients were not changed");
            }

            Allowed.Enqueue(allow);
            return Task.CompletedTask;
        }
    }

    private sealed class Lines : ILogger<MemoryGuard>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public int Count(string part) => _lines.Count(line => line.Contains(part, StringComparison.Ordinal));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));
    }
}
