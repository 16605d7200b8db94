using System.Collections.Concurrent;
using System.Diagnostics;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Tests.Support;

/// <summary>A model that adds 1 to each element, and stands still where a test wants it to.</summary>
internal sealed class FakeBackend : IModelBackend
{
    private readonly SemaphoreSlim _turns = new(0);

    /// <summary>Every run waits for <see cref="LetRun"/>.</summary>
    public bool IsHeld { get; init; }

    /// <summary>A value that the model refuses.</summary>
    public float? Refused { get; init; }

    /// <summary>The outputs have one row whatever the inputs have.</summary>
    public bool LosesRows { get; init; }

    /// <summary>The first value of every request of each run, in the order of the runs.</summary>
    public ConcurrentQueue<float[]> Runs { get; } = new();

    /// <summary>Runs that have begun.</summary>
    public int Begun;

    public string Platform => "fake";

    public ModelSignature Signature { get; } = new([new TensorSpec("x", TensorDataType.Fp32, [-1, -1])], [new TensorSpec("y", TensorDataType.Fp32, [-1, -1])]);

    public bool IsBatchable => true;

    public IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>();

    public void LetRun(int runs = 1) => _turns.Release(runs);

    public Tensor[] Run(IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times, CancellationToken cancellationToken)
    {
        times.Started = times.InputDone = Stopwatch.GetTimestamp();
        Runs.Enqueue([.. parts.Select(part => part[0].ToArray<float>()[0])]);
        Interlocked.Increment(ref Begun);
        if (IsHeld)
        {
            _turns.Wait(TimeSpan.FromSeconds(30), cancellationToken);
        }

        var values = parts.SelectMany(part => part[0].ToArray<float>()).ToArray();
        if (Refused is { } refused && values.Contains(refused))
        {
            throw new InferenceException(InferenceErrorKind.InvalidArgument, "refused");
        }

        times.InferDone = times.OutputDone = Stopwatch.GetTimestamp();
        var rows = LosesRows ? 1 : parts.Sum(part => part[0].Shape[0]);
        return [Tensor.Create<float>("y", Array.ConvertAll(values, value => value + 1), rows, values.Length / rows)];
    }

    public void Dispose() => _turns.Dispose();
}
