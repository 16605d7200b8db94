using System.Globalization;

namespace MlKit.Bench.Tracking;

/// <summary>Prints a measurement beside its target.</summary>
internal static class Report
{
    public static bool AtMost(string what, double value, double limit, string unit) =>
        Line(what, value, unit, value <= limit, $"at most {Number(limit)} {unit}");

    public static bool AtLeast(string what, double value, double limit, string unit) =>
        Line(what, value, unit, value >= limit, $"at least {Number(limit)} {unit}");

    public static void Note(string what, double value, string unit) =>
        Console.WriteLine($"  {what,-52} {Number(value),12} {unit}");

    private static bool Line(string what, double value, string unit, bool holds, string target)
    {
        Console.WriteLine($"  {what,-52} {Number(value),12} {unit,-8} {(holds ? "holds" : "MISSED")}: {target}");
        return holds;
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
