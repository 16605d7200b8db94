using System.Diagnostics;

namespace MlKit.Scorer.Tests.Support;

/// <summary>What is special about some of the shared models.</summary>
internal static class SharedModels
{
    /// <summary>ONNX Runtime loads this one only where the locale en_US.UTF-8 exists.</summary>
    public const string NeedsLocale = "types-string-upper-lower";

    /// <summary>Its second output is a sequence of maps.</summary>
    public const string ClassMaps = "tabular-iris-random-forest";

    public static bool HasLocale { get; } = FindLocale();

    private static bool FindLocale()
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        using var process = Process.Start(new ProcessStartInfo("locale", "-a") { RedirectStandardOutput = true })!;
        var all = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return all.Contains("en_US.utf8", StringComparison.OrdinalIgnoreCase);
    }
}
