using MlKit.Recommendation.Numerics;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// iALS: the loss over the observed pairs S is sum_S (1 - u.v)^2 + alpha sum_all (u.v)^2 +
/// lambda (sum_u (n_u + alpha |I|) |u|^2 + sum_i (n_i + alpha |U|) |v|^2), minimised for users and items in turn, each
/// vector by one Cholesky solve (or block by block: iALS++, Rendle et al. 2021). Every vector depends on the other side
/// only, so threads change nothing in the result.
/// </summary>
internal static class FactorTrainer
{
    private const double InitialDeviation = 0.1;

    /// <summary>The model, and the vectors of the users of <paramref name="data"/>.</summary>
    public static (FactorModel Model, float[] Users) Train(Sequences data, FactorOptions options, CancellationToken cancellationToken)
    {
        var d = options.Dimensions;
        if (d <= 0 || d % NormalMatrix.Step != 0 || options.Block % NormalMatrix.Step != 0 || options.Block > d)
        {
            throw new ArgumentException($"dimensions {d} and block {options.Block} must be multiples of {NormalMatrix.Step}, the block not the larger", nameof(options));
        }

        var random = new Random(options.Seed);
        var users = Initial(data.UserCount, d, random);
        var items = Initial(data.ItemCount, d, random);
        for (var sweep = 0; sweep < options.Sweeps; sweep++)
        {
            Solve(data.UserCount, user => data.ItemsOf(user), items, data.ItemCount, users, options, cancellationToken);
            Solve(data.ItemCount, item => UsersOf(data, item), users, data.UserCount, items, options, cancellationToken);
        }

        return (new FactorModel(items, data.ItemCount, options), users);
    }

    private delegate ReadOnlySpan<int> RowReader(int row);

    [ThreadStatic]
    private static int[]? _usersOfItem;

    private static ReadOnlySpan<int> UsersOf(Sequences data, int item)
    {
        var places = data.PlacesOf(item);
        var users = _usersOfItem?.Length >= places.Length ? _usersOfItem : _usersOfItem = new int[Math.Max(1024, places.Length)];
        for (var i = 0; i < places.Length; i++)
        {
            users[i] = data.UserOf[places[i]];
        }

        return users.AsSpan(0, places.Length);
    }

    private static void Solve(
        int rows, RowReader observed, float[] fixedSide, int fixedCount, float[] solved, FactorOptions options, CancellationToken cancellationToken)
    {
        var gram = FactorModel.Gram(fixedSide, fixedCount, options.Dimensions);
        var blocks = options.Block > 0 && options.Block < options.Dimensions;
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, rows, parallel, () => new FactorSolver(fixedSide, fixedCount, gram, options), (row, _, solver) =>
        {
            var vector = solved.AsSpan(row * options.Dimensions, options.Dimensions);
            if (blocks)
            {
                solver.Improve(observed(row), vector, options.Block);
            }
            else
            {
                solver.Solve(observed(row), vector);
            }

            return solver;
        }, _ => { });
    }

    private static float[] Initial(int rows, int d, Random random)
    {
        var values = new float[(long)rows * d];
        for (var i = 0; i < values.Length; i++)
        {
            // Box and Muller.
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()) * InitialDeviation / Math.Sqrt(d));
        }

        return values;
    }
}
