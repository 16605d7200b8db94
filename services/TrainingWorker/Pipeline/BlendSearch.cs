using System.Numerics.Tensors;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Chooses the weights of a blend by coordinate ascent from the best single part. A weight moves only for a gain that is
/// worth its complexity, so that parts that add nothing stay out.
/// </summary>
internal static class BlendSearch
{
    private const int Passes = 3;
    private const double LeastGain = 0.0005;
    private static readonly double[] Grid = [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5];

    /// <summary>Weights by name, and their quality.</summary>
    public static (Dictionary<string, double> Weights, double Quality) Find(TuningBoard board, IReadOnlyDictionary<string, float[][]> parts)
    {
        var weights = parts.Keys.ToDictionary(name => name, _ => 0.0);
        var (best, quality) = parts.Select(part => (part.Key, board.Quality(part.Value))).MaxBy(pair => pair.Item2);
        weights[best] = 1;
        for (var pass = 0; pass < Passes; pass++)
        {
            var before = quality;
            foreach (var name in parts.Keys)
            {
                quality = Improve(board, parts, weights, name, quality);
            }

            if (quality - before < LeastGain)
            {
                break;
            }
        }

        return (weights, quality);
    }

    private static double Improve(
        TuningBoard board, IReadOnlyDictionary<string, float[][]> parts, Dictionary<string, double> weights, string name, double quality)
    {
        var own = weights[name];
        var rest = Sum(parts, weights, name);
        if (rest is null)
        {
            return quality;
        }

        foreach (var weight in Grid)
        {
            var found = board.Quality(Add(rest, parts[name], (float)weight));
            if (found > quality + (weight == 0 ? 0 : LeastGain))
            {
                (quality, own) = (found, weight);
            }
        }

        weights[name] = own;
        return quality;
    }

    /// <summary>The blend without one part; null where it is the only one.</summary>
    private static float[][]? Sum(IReadOnlyDictionary<string, float[][]> parts, Dictionary<string, double> weights, string without)
    {
        float[][]? sum = null;
        foreach (var (name, scores) in parts.Where(part => part.Key != without && weights[part.Key] != 0))
        {
            sum = Add(sum ?? Array.ConvertAll(scores, one => new float[one.Length]), scores, (float)weights[name]);
        }

        return sum;
    }

    private static float[][] Add(float[][] sum, float[][] scores, float weight)
    {
        var answer = new float[sum.Length][];
        for (var at = 0; at < sum.Length; at++)
        {
            answer[at] = new float[sum[at].Length];
            TensorPrimitives.MultiplyAdd(scores[at], weight, sum[at], answer[at]);
        }

        return answer;
    }
}
