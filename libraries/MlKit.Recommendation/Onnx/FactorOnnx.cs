using MlKit.Recommendation.Retrieval;

namespace MlKit.Recommendation.Onnx;

/// <summary>
/// Folds a history into a factorisation inside an ONNX graph. ONNX has no linear solver, so the system is solved by
/// conjugate gradients in double precision, unrolled; in the rotated basis of <see cref="FactorModel"/> the diagonal is a
/// good preconditioner and the fixed number of steps reaches single precision.
/// </summary>
internal sealed class FactorOnnx(OnnxGraph graph, FactorModel trained)
{
    private const int Steps = 24;
    private const double Tiny = 1e-200;

    private readonly FactorModel _model = trained.Rotated();

    /// <summary>Scores [1, n] of all items.</summary>
    /// <param name="index">Row numbers of the history [H], n for unknown ids.</param>
    /// <param name="counts">Whether each item of the history counts, BOOL [H].</param>
    public string Scores(string index, string counts)
    {
        long n = _model.Count;
        long d = _model.Options.Dimensions;
        var known = graph.Node("And", [graph.Node("Less", [index, graph.Constant([n])]), counts]);
        var mask = graph.Node("Reshape", [graph.Node("Cast", [known], OnnxAttribute.Of("to", (long)OnnxGraph.Double)), graph.Constant([-1L, 1L], 2)]);
        var table = graph.Doubles([.. Array.ConvertAll(_model.Items, value => (double)value), .. new double[d]], n + 1, d);
        var rows = graph.Node("Mul", [graph.Node("Gather", [table, index], OnnxAttribute.Of("axis", 0L)), mask]);
        var count = Sum(mask);
        var solution = Solve(rows, Regularisation(count, n), d);
        var vector = graph.Node("Cast", [solution], OnnxAttribute.Of("to", (long)OnnxGraph.Float));
        var scores = graph.Node("MatMul", [graph.Constant(_model.Items, n, d), vector]);
        return graph.Node("Reshape", [scores, graph.Constant([1L, -1L], 2)]);
    }

    private string Regularisation(string count, long n) => graph.Node("Mul", [
        graph.Node("Add", [count, Scalar(_model.Options.Alpha * n)]), Scalar(_model.Options.Lambda)]);

    private string Solve(string rows, string regularisation, long d)
    {
        var turned = graph.Node("Transpose", [rows], OnnxAttribute.Of("perm", [1L, 0L]));
        var gram = graph.Doubles([.. _model.GramMatrix.ToArray().Select(value => value * _model.Options.Alpha)], d, d);
        var gramDiagonal = graph.Doubles([.. Enumerable.Range(0, (int)d).Select(i => _model.GramMatrix[(int)((i * d) + i)] * _model.Options.Alpha)], d, 1);
        string Apply(string p) => graph.Node("Add", [
            graph.Node("MatMul", [turned, graph.Node("MatMul", [rows, p])]),
            graph.Node("Add", [graph.Node("MatMul", [gram, p]), graph.Node("Mul", [regularisation, p])])]);
        var ones = graph.Node("Expand", [Scalar(1), graph.Constant([1L, 1L], 2)]);
        var squares = graph.Node("ReduceSum", [graph.Node("Mul", [turned, turned]), graph.Constant([1L], 1)], OnnxAttribute.Of("keepdims", 1L));
        var diagonal = graph.Node("Add", [graph.Node("Add", [squares, gramDiagonal]), graph.Node("Mul", [regularisation, ones])]);

        var r = graph.Node("ReduceSum", [turned, graph.Constant([1L], 1)], OnnxAttribute.Of("keepdims", 1L));
        var z = graph.Node("Div", [r, diagonal]);
        var (x, p, rz) = ((string?)null, z, Sum(graph.Node("Mul", [r, z])));
        for (var step = 0; step < Steps; step++)
        {
            var applied = Apply(p);
            var length = graph.Node("Div", [rz, graph.Node("Add", [Sum(graph.Node("Mul", [p, applied])), Scalar(Tiny)])]);
            var move = graph.Node("Mul", [length, p]);
            x = x is null ? move : graph.Node("Add", [x, move]);
            if (step == Steps - 1)
            {
                break;
            }

            r = graph.Node("Sub", [r, graph.Node("Mul", [length, applied])]);
            z = graph.Node("Div", [r, diagonal]);
            var next = Sum(graph.Node("Mul", [r, z]));
            var turn = graph.Node("Div", [next, graph.Node("Add", [rz, Scalar(Tiny)])]);
            p = graph.Node("Add", [z, graph.Node("Mul", [turn, p])]);
            rz = next;
        }

        return x!;
    }

    private string Sum(string values) => graph.Node("ReduceSum", [values], OnnxAttribute.Of("keepdims", 0L));

    private string Scalar(double value) => graph.Doubles([value]);
}
