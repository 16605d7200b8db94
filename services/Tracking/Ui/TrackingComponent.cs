using Microsoft.AspNetCore.Components;
using MlKit.Mlflow;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Ui;

/// <summary>A part of the UI that asks the server: what goes wrong becomes a text on the page.</summary>
public abstract class TrackingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>The server, in process.</summary>
    [Inject]
    public required MlflowClient Client { get; set; }

    /// <summary>The address: every view can be reached by its link.</summary>
    [Inject]
    public required NavigationManager Navigation { get; set; }

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Time { get; set; }

    /// <summary>What the server refused last, or null.</summary>
    protected string? Problem { get; set; }

    /// <summary>Whether it was refused because it does not exist.</summary>
    protected bool IsMissing { get; private set; }

    /// <summary>Ends calls of a page that nobody sees any more.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Runs calls; returns whether the server took them all.</summary>
    protected async Task<bool> TryAsync(Func<Task> calls)
    {
        try
        {
            await calls();
            (Problem, IsMissing) = (null, false);
            return true;
        }
        catch (MlflowException error)
        {
            (Problem, IsMissing) = (error.Reason, error.IsMissing);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or ApiException)
        {
            Problem = error.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }

        return false;
    }

    /// <summary>
    /// A parameter of the address, for parts of pages: Blazor's own way works only for the page itself, not for parts that
    /// come and go with the address.
    /// </summary>
    protected string? Asked(string name) => AddressQuery.Get(Navigation, name);

    /// <summary>Changes one parameter of the address.</summary>
    protected void Go(string name, object? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value }), replace: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The page is left.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!_gone.IsCancellationRequested)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }
}
