using System.Diagnostics;
using System.Globalization;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;

namespace MlKit.Bench.Training;

/// <summary>How long each trainer takes, beside what the Cython library implicit 0.7.3 and numpy took on two such cores.</summary>
internal static class Times
{
    /// <summary>Peak of implicit's process.</summary>
    private const double MostMegabytes = 430;

    public static int Run(DataSet data)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"reading",-36} {"",8}   {PeakMemory.Megabytes,5:0} MB"));
        var histories = UserHistories.Of(data);
        var trainer = RetrievalTrainer.Of(histories, int.MaxValue);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{data.UserIds.Length} users, {data.ItemIds.Length} items, {data.Interactions.Length} events, {Environment.ProcessorCount} cores"));
        var bounds = new Dictionary<string, double>
        {
            ["iALS d=64, 12 sweeps"] = 3.0,
            ["iALS d=128, 12 sweeps"] = 7.0,
            ["iALS++ d=256, block 64, 12 sweeps"] = double.NaN,
            ["item-kNN K=200"] = 0.6,
            ["top 10 for all users, d=64"] = 0.3,
            ["EASE"] = 6.0,
            ["next-item regression"] = double.NaN,
        };
        var options = new RetrievalOptions { DenseItems = int.MaxValue, NeighboursPerItem = 200 };
        var work = new Dictionary<string, Action>
        {
            ["item-kNN K=200"] = () => trainer.Scorer(ComponentNames.Neighbours, options),
            ["iALS d=64, 12 sweeps"] = () => Factors(trainer, 64, 0),
            ["iALS d=128, 12 sweeps"] = () => Factors(trainer, 128, 0),
            ["iALS++ d=256, block 64, 12 sweeps"] = () => Factors(trainer, 256, 64),
            ["EASE"] = () => trainer.Scorer(ComponentNames.Ease, options),
            ["next-item regression"] = () => trainer.Scorer(ComponentNames.Next, options),
        };
        var met = true;
        foreach (var (name, run) in work)
        {
            met &= Report(name, bounds[name], () =>
            {
                trainer.Forget();
                run();
            });
        }

        var model = BatchScoring.Train(histories, 64);
        met &= Report("top 10 for all users, d=64", bounds["top 10 for all users, d=64"], () => model.TopAll(10));
        return met ? 0 : 2;
    }

    private static void Factors(RetrievalTrainer trainer, int dimensions, int block) => trainer.Scorer(
        ComponentNames.Factors, new RetrievalOptions { Factors = new FactorOptions { Dimensions = dimensions, Block = block } });

    /// <summary>
    /// Time: the best of three runs, the others measure the compiler and the neighbours on the machine. Memory: the worst of
    /// them, of the whole process, data included.
    /// </summary>
    private static bool Report(string name, double bound, Action run)
    {
        var (best, memory) = (double.PositiveInfinity, 0.0);
        for (var round = 0; round < 3; round++)
        {
            PeakMemory.Reset();
            var start = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            memory = Math.Max(memory, PeakMemory.Megabytes);
        }

        var share = double.IsNaN(bound) ? "" : string.Create(CultureInfo.InvariantCulture, $" (limit {bound:0.0}, {best / bound:0.00} of it)");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-36} {best,8:0.000} s {memory,5:0} MB ({memory / MostMegabytes:0.00} of {MostMegabytes}){share}"));
        return (double.IsNaN(bound) || best < bound) && memory < MostMegabytes;
    }
}
