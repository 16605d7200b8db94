using Microsoft.AspNetCore.Components;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Components;

/// <summary>
/// A component that shows state which changes by itself. Changes are taken over at most four times a second, however
/// many there are.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private readonly List<ChangeSignal> _watched = [];
    private ITimer? _timer;
    private int _pending;
    private bool _disposed;

    /// <summary>The clock; tests may give another.</summary>
    [Inject]
    public required TimeProvider Time { get; set; }

    /// <summary>Since when the visitor wants the page to stand still; null while it follows. What arrives meanwhile is kept.</summary>
    protected DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Reads the state anew. Runs before the first rendering and after changes.</summary>
    protected abstract void Refresh();

    /// <summary>Begins to follow changes. While a page is only prerendered nobody looks at it long enough.</summary>
    protected void Watch(params ReadOnlySpan<ChangeSignal> signals)
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        foreach (var signal in signals)
        {
            signal.Changed += Schedule;
            _watched.Add(signal);
        }
    }

    /// <summary>Refreshes from time to time too, for what changes with the clock alone.</summary>
    protected void WatchClock(TimeSpan period)
    {
        if (RendererInfo.IsInteractive)
        {
            _timer ??= Time.CreateTimer(_ => Apply(), null, period, period);
        }
    }

    /// <summary>Refreshes and renders soon.</summary>
    protected void Schedule()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0)
        {
            _ = ApplySoonAsync();
        }
    }

    /// <summary>Lets the page stand still, or shows what has arrived and follows again.</summary>
    protected void TogglePause()
    {
        PausedAt = PausedAt is null ? Time.GetUtcNow() : null;
        if (PausedAt is null)
        {
            Refresh();
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Refresh();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops following.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        _timer?.Dispose();
        foreach (var signal in _watched)
        {
            signal.Changed -= Schedule;
        }

        _watched.Clear();
    }

    private async Task ApplySoonAsync()
    {
        await Task.Delay(Pace, Time);
        Interlocked.Exchange(ref _pending, 0);
        Apply();
    }

    private void Apply()
    {
        if (!_disposed)
        {
            _ = InvokeAsync(() =>
            {
                if (!_disposed && PausedAt is null)
                {
                    Refresh();
                    StateHasChanged();
                }
            });
        }
    }
}
