namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that becomes known once, may change later, and can be waited for.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class ValueSnapshot<T>
    where T : class
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<T> _source = NewSource();

    /// <summary>Whether there is a value, or the reason why there is none.</summary>
    public bool IsValueSet
    {
        get
        {
            lock (_gate)
            {
                return _source.Task.IsCompleted;
            }
        }
    }

    internal T? ValueOrNull
    {
        get
        {
            lock (_gate)
            {
                return _source.Task.IsCompletedSuccessfully ? _source.Task.Result : null;
            }
        }
    }

    /// <summary>The value; waits until there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<T> GetValueAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _source.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sets the value, also in place of an earlier one.</summary>
    /// <param name="value">The value.</param>
    public void SetValue(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Complete(source => source.SetResult(value));
    }

    /// <summary>Makes those who wait fail.</summary>
    /// <param name="exception">Why there is no value.</param>
    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Complete(source => source.SetException(exception));
    }

    private static TaskCompletionSource<T> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Complete(Action<TaskCompletionSource<T>> complete)
    {
        lock (_gate)
        {
            if (_source.Task.IsCompleted)
            {
                _source = NewSource();
            }

            complete(_source);
        }
    }
}
