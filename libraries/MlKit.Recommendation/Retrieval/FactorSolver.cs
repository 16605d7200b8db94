using System.Numerics.Tensors;
using MlKit.Recommendation.Numerics;

namespace MlKit.Recommendation.Retrieval;

/// <summary>Solves for one vector while the other side is fixed. Keeps buffers: one per thread.</summary>
internal sealed class FactorSolver(float[] other, int otherCount, float[] gram, FactorOptions options)
{
    private readonly int _d = options.Dimensions;
    private readonly float[] _system = new float[options.Dimensions * options.Dimensions];
    private float[] _rows = [];
    private float[] _block = [];
    private float[] _predictions = [];

    /// <summary>The best vector for the observed entries, from scratch.</summary>
    public void Solve(ReadOnlySpan<int> observed, Span<float> vector)
    {
        Gather(observed, vector);
        TensorPrimitives.Multiply(gram, (float)options.Alpha, _system);
        NormalMatrix.AddOuterProducts(_rows, observed.Length, _d, _system);
        AddDiagonal(_system, _d, Regularisation(observed.Length));
        NormalMatrix.Solve(_system, vector, _d);
    }

    /// <summary>One pass of iALS++ over the blocks of coordinates, from the vector as it is.</summary>
    public void Improve(ReadOnlySpan<int> observed, Span<float> vector, int width)
    {
        var start = vector.ToArray();
        Gather(observed, vector);
        start.CopyTo(vector);
        Grow(ref _predictions, observed.Length);
        for (var s = 0; s < observed.Length; s++)
        {
            _predictions[s] = NormalMatrix.Dot(_rows.AsSpan(s * _d), vector, _d);
        }

        for (var from = 0; from < _d; from += width)
        {
            ImproveBlock(observed.Length, vector, from, Math.Min(width, _d - from));
        }
    }

    private void ImproveBlock(int count, Span<float> vector, int from, int width)
    {
        var regularisation = Regularisation(count);
        var delta = new float[width];
        var system = _system.AsSpan(0, width * width);
        Grow(ref _block, count * width);
        for (var k = 0; k < width; k++)
        {
            var row = gram.AsSpan((from + k) * _d, _d);
            delta[k] = -((float)options.Alpha * NormalMatrix.Dot(row, vector, _d)) - (regularisation * vector[from + k]);
            TensorPrimitives.Multiply(row.Slice(from, width), (float)options.Alpha, system.Slice(k * width, width));
        }

        for (var s = 0; s < count; s++)
        {
            var part = _block.AsSpan(s * width, width);
            _rows.AsSpan((s * _d) + from, width).CopyTo(part);
            TensorPrimitives.MultiplyAdd(part, 1 - _predictions[s], delta, delta);
        }

        NormalMatrix.AddOuterProducts(_block, count, width, system);
        AddDiagonal(system, width, regularisation);
        NormalMatrix.Solve(system, delta, width);
        TensorPrimitives.Add(vector.Slice(from, width), delta, vector.Slice(from, width));
        for (var s = 0; s < count; s++)
        {
            _predictions[s] += NormalMatrix.Dot(_block.AsSpan(s * width), delta, width);
        }
    }

    /// <summary>Copies the observed rows next to each other and sums them up.</summary>
    private void Gather(ReadOnlySpan<int> observed, Span<float> sum)
    {
        Grow(ref _rows, observed.Length * _d);
        sum.Clear();
        for (var s = 0; s < observed.Length; s++)
        {
            var row = other.AsSpan(observed[s] * _d, _d);
            row.CopyTo(_rows.AsSpan(s * _d));
            TensorPrimitives.Add(sum, row, sum);
        }
    }

    private float Regularisation(int observed) => (float)(options.Lambda * (observed + (options.Alpha * otherCount)));

    private static void AddDiagonal(Span<float> system, int d, float value)
    {
        for (var i = 0; i < d; i++)
        {
            system[(i * d) + i] += value;
        }
    }

    private static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[Math.Max(length, 2 * buffer.Length)];
        }
    }
}
