using System.Collections.Concurrent;

namespace MlKit.Scorer.Loading;

/// <summary>
/// The thread on which models are loaded, one after the other. The C library has a pool of memory for each thread that asks
/// for some, and every pool keeps the scraps of the models that were loaded from it: loading on whichever thread is there would
/// let all of them grow.
/// </summary>
internal sealed class LoadingThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public LoadingThread() => new Thread(Work) { IsBackground = true, Name = "model loading" }.Start();

    /// <summary>Does something on the thread when its turn comes.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(
            () =>
            {
                try
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    done.SetResult(work());
                }
                catch (Exception error)
                {
                    done.SetException(error);
                }
            },
            CancellationToken.None);
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }

        _work.Dispose();
    }
}
