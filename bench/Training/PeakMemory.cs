using System.Diagnostics;
using System.Globalization;

namespace MlKit.Bench.Training;

/// <summary>The most memory that this process had in use since the last reset; since its start where the system has no reset.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearRefs = "/proc/self/clear_refs";

    /// <summary>Gives garbage back to the system and begins anew.</summary>
    public static void Reset()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (File.Exists(ClearRefs))
        {
            File.WriteAllText(ClearRefs, "5");
        }
    }

    /// <summary>Megabytes.</summary>
    public static double Megabytes => File.Exists(Status)
        ? double.Parse(File.ReadLines(Status).First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6
        : Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
}
