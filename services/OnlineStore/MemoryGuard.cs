using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Sockets;

namespace MlKit.OnlineStore;

/// <summary>
/// Keeps the store inside its memory budget: it warns when 80 % are used, and at the limit it takes the right to write
/// from clients until deletions made room. Nothing is evicted; what was acknowledged stays.
/// </summary>
internal sealed partial class MemoryGuard(
    IGuardedStore store, OnlineStoreOptions options, TimeProvider time, ILogger<MemoryGuard> logger) : BackgroundService
{
    /// <summary>Share of the budget from which on the guard warns.</summary>
    public const double WarnAt = 0.8;

    /// <summary>Share below which a store that refused writes takes them again.</summary>
    public const double ResumeBelow = 0.95;

    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a failure that goes on is reported again.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromMinutes(1);

    private readonly Meter _meter = new("MlKit.OnlineStore");
    private bool _warned;
    private string? _failure;
    private long _reportedAt;

    /// <summary>Bytes that records and their keys take, as of the last look.</summary>
    public long UsedBytes { get; private set; }

    public long BudgetBytes { get; } = options.MemoryMegabytes * (long)Megabyte;

    public bool IsNearlyFull => UsedBytes >= WarnAt * BudgetBytes;

    /// <summary>Whether clients may only read and delete at the moment.</summary>
    public bool RefusesWrites { get; private set; }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{UsedBytes / Megabyte:0.0} of {BudgetBytes / Megabyte:0} MB used{(RefusesWrites ? ", writes are refused" : "")}");

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <summary>Looks at the store once and acts.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        UsedBytes = store.UsedBytes();
        if (!RefusesWrites && UsedBytes >= BudgetBytes)
        {
            await SetAsync(refuse: true, cancellationToken);
            LogFull(options.MemoryMegabytes);
        }
        else if (RefusesWrites && UsedBytes < ResumeBelow * BudgetBytes)
        {
            await SetAsync(refuse: false, cancellationToken);
            LogRoom(options.MemoryMegabytes);
        }

        if (IsNearlyFull != _warned)
        {
            _warned = IsNearlyFull;
            if (_warned)
            {
                LogNearlyFull(Describe());
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _meter.CreateObservableGauge("mlkit_onlinestore_used_bytes", () => UsedBytes, "By", "Bytes that records take.");
        _meter.CreateObservableGauge("mlkit_onlinestore_budget_bytes", () => BudgetBytes, "By", "Bytes that records may take.");
        _meter.CreateObservableGauge("mlkit_onlinestore_refuses_writes", () => RefusesWrites ? 1 : 0, null, "1 while the budget is used up.");
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await TryCheckAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>A look that fails is reported, and the next one follows: a guard that gave up would refuse writes for ever.</summary>
    private async Task TryCheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(cancellationToken);
            if (_failure is not null)
            {
                _failure = null;
                LogCheckedAgain();
            }
        }
        catch (Exception error) when (error is SocketException or IOException && !cancellationToken.IsCancellationRequested)
        {
            Report(error.Message);
        }
    }

    /// <summary>The looks are twenty in a second; the log gets a failure once, and again each minute that it lasts.</summary>
    private void Report(string failure)
    {
        if (failure != _failure || time.GetElapsedTime(_reportedAt) >= Repeat)
        {
            (_failure, _reportedAt) = (failure, time.GetTimestamp());
            LogNotChecked(failure);
        }
    }

    private async Task SetAsync(bool refuse, CancellationToken cancellationToken)
    {
        await store.AllowWritesAsync(!refuse, cancellationToken);
        RefusesWrites = refuse;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The memory budget is nearly used up: {Used} (MLKIT__ONLINESTORE__MEMORYMEGABYTES)")]
    private partial void LogNearlyFull(string used);

    [LoggerMessage(Level = LogLevel.Error, Message = "The memory budget of {Megabytes} MB is used up: writes are refused until room is made by deletions, or by a larger MLKIT__ONLINESTORE__MEMORYMEGABYTES and a restart")]
    private partial void LogFull(int megabytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "There is room again in the {Megabytes} MB; writes are taken")]
    private partial void LogRoom(int megabytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The memory budget could not be watched: {Reason}")]
    private partial void LogNotChecked(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The memory budget is watched again")]
    private partial void LogCheckedAgain();
}
