using MlKit.Inference;

namespace MlKit.Scorer.Scheduling;

/// <summary>One request that waits for its turn, or runs.</summary>
/// <param name="inputs">In the order of the model's signature.</param>
/// <param name="outputs">Indices of the outputs to compute.</param>
/// <param name="rows">Rows of the batch that the request is; 1 where the model has no batches.</param>
/// <param name="cancellationToken">The caller gave up.</param>
internal sealed class InferenceJob(Tensor[] inputs, int[] outputs, int rows, CancellationToken cancellationToken)
{
    private TaskCompletionSource<Tensor[]>? _waiting;

    public Tensor[] Inputs { get; } = inputs;

    public int[] Outputs { get; } = outputs;

    public int Rows { get; } = rows;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Requests with different parameters of their own do not share a run; null: none.</summary>
    public string? Parameters { get; init; }

    /// <summary>The request's priority; 0: the default.</summary>
    public ulong Priority { get; init; }

    /// <summary>Ticks that it is willing to wait; 0: as long as the model's rules say.</summary>
    public long Timeout { get; init; }

    /// <summary>When it came.</summary>
    public long Arrived { get; init; }

    /// <summary>When waiting ends.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>Its place in the queue; null: it does not wait.</summary>
    public LinkedListNode<InferenceJob>? Place { get; set; }

    /// <summary>Ends when the request has run or was given up. Made for a request that waits only.</summary>
    public Task<Tensor[]> Answer => (_waiting ??= new TaskCompletionSource<Tensor[]>()).Task;

    /// <summary>Whether the other may share a run: same element types, same shapes but for the first dimension, same parameters.</summary>
    public bool GoesWith(InferenceJob other)
    {
        if (Parameters != other.Parameters)
        {
            return false;
        }

        for (var i = 0; i < Inputs.Length; i++)
        {
            if (!Joins(Inputs[i], other.Inputs[i]))
            {
                return false;
            }
        }

        return true;
    }

    public void Complete(Tensor[] answer) => _waiting!.TrySetResult(answer);

    public void Fail(Exception error)
    {
        if (error is OperationCanceledException)
        {
            _waiting!.TrySetCanceled(CancellationToken);
        }
        else
        {
            _waiting!.TrySetException(error);
        }
    }

    private static bool Joins(Tensor? left, Tensor? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        return left.Shape.Length > 0 && left.DataType == right.DataType && left.Shape.AsSpan()[1..].SequenceEqual(right.Shape.AsSpan()[1..]);
    }
}
