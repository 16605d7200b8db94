using System.Diagnostics;
using System.Globalization;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;

namespace MlKit.Bench.Training;

/// <summary>
/// Checks the formula of docs/training.md for the memory of the trainers: generated data of several sizes, each in a process
/// of its own, because the peak of a process never falls.
/// </summary>
internal static class Memory
{
    private const double Runtime = 130e6;
    private const double PerEvent = 130;
    private const double PerPair = 16;
    private static readonly (int Users, int Items)[] Sizes = [(2_000, 1_000), (4_000, 2_000), (6_000, 3_700), (8_000, 5_000)];

    /// <summary>Bytes for so many events and items with dense parts.</summary>
    public static double Formula(long events, long items) => Runtime + (PerEvent * events) + (PerPair * items * items);

    /// <summary>Runs all sizes; 2 where one takes more than the formula says.</summary>
    public static int Run()
    {
        Console.WriteLine("| events | items | peak MB | of the formula |\n|---|---|---|---|");
        var worst = Sizes.Max(size =>
        {
            using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(Memory).Assembly.Location, "memory-of", $"{size.Users}", $"{size.Items}"])
            {
                RedirectStandardOutput = true,
            })!;
            var line = child.StandardOutput.ReadToEnd().Split(' ');
            child.WaitForExit();
            var (events, items, peak) = (long.Parse(line[0], null), long.Parse(line[1], null), long.Parse(line[2], null));
            var share = peak / Formula(events, items);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {events} | {items} | {peak / 1e6:0} | {share:0.00} |"));
            return share;
        });
        return worst <= 1 ? 0 : 2;
    }

    /// <summary>Trains the parts that need most and prints events, items and the peak.</summary>
    public static int Of(int users, int items)
    {
        var data = SyntheticData.Generate(new SyntheticOptions { Users = users, Items = items, MeanEventsPerUser = 100 });
        var trainer = RetrievalTrainer.Of(UserHistories.Of(data), int.MaxValue);
        var options = new RetrievalOptions { DenseItems = int.MaxValue };
        var peak = 0.0;
        foreach (var part in new[] { ComponentNames.Neighbours, ComponentNames.Factors, ComponentNames.Ease, ComponentNames.Next })
        {
            trainer.Forget();
            PeakMemory.Reset();
            trainer.Scorer(part, options);
            peak = Math.Max(peak, PeakMemory.Megabytes * 1e6);
        }

        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{data.Interactions.Length} {trainer.Items.Count} {peak:0}"));
        return 0;
    }
}
