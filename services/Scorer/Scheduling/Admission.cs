using System.Diagnostics;
using MlKit.Inference;

namespace MlKit.Scorer.Scheduling;

/// <summary>How many requests of a model may be in the server.</summary>
/// <param name="Most">Never more than these.</param>
/// <param name="Least">The limit never falls below this: so many may always be there.</param>
/// <param name="Target">Ticks of waiting that are taken as a sign of overload when nobody waits less.</param>
/// <param name="Waits">Who comes above the limit waits outside instead of being refused.</param>
internal sealed record AdmissionRules(int Most, int Least, long Target, bool Waits);

/// <summary>
/// Lets requests in before their bodies are read. Under overload the limit falls to what the model can answer within
/// the target, so that those who are let in are answered in time and the others learn at once that they are not.
/// </summary>
internal sealed class Admission(AdmissionRules rules)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Ticks after which the limit is thought over: so long goes by in an overload before anybody is refused, and once more.</summary>
    private static readonly long Window = Stopwatch.Frequency / 10;

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _outside = new();
    private int _inside;
    private int _limit = rules.Most;
    private long _windowStart = Stopwatch.GetTimestamp();
    private long _leastWait = long.MaxValue;
    private int _answered;

    /// <summary>Requests that are let in at the same time now.</summary>
    public int Limit => Volatile.Read(ref _limit);

    /// <summary>The error of a request that is not let in.</summary>
    public static InferenceException Overloaded(string reason) =>
        new(InferenceErrorKind.Unavailable, $"the model is overloaded: {reason}; try again later") { RetryAfter = RetryAfter };

    /// <summary>Lets a request in, now or, where the rules say so, when another leaves.</summary>
    /// <exception cref="InferenceException">Unavailable: too many are inside.</exception>
    public ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_inside < _limit)
            {
                _inside++;
                return ValueTask.CompletedTask;
            }

            if (!rules.Waits)
            {
                throw Overloaded($"{_inside} requests are in progress");
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _outside.Enqueue(turn);
        }

        return WaitOutsideAsync(turn, cancellationToken);
    }

    /// <summary>The request is answered or given up.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inside--;
            while (_inside < _limit && _outside.TryDequeue(out var turn))
            {
                if (turn.TrySetResult())
                {
                    _inside++;
                }
            }
        }
    }

    /// <summary>Learns from a request that has run.</summary>
    /// <param name="waited">Ticks that it waited for its turn.</param>
    /// <param name="now">The time.</param>
    public void Observe(long waited, long now)
    {
        lock (_gate)
        {
            _answered++;
            _leastWait = Math.Min(_leastWait, waited);
            var elapsed = now - _windowStart;
            if (elapsed < Window)
            {
                return;
            }

            if (_leastWait > rules.Target)
            {
                // By Little's law, so many are inside when each waits for the target.
                var fitting = (double)_answered / elapsed * rules.Target;
                _limit = Math.Clamp((int)fitting, rules.Least, rules.Most);
            }
            else if (_limit < rules.Most)
            {
                _limit = (int)Math.Min(rules.Most, (_limit * 1.1) + 1);
            }

            (_windowStart, _leastWait, _answered) = (now, long.MaxValue, 0);
        }
    }

    private static async ValueTask WaitOutsideAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(state => ((TaskCompletionSource)state!).TrySetCanceled(), turn))
        {
            await turn.Task.ConfigureAwait(false);
        }
    }
}
