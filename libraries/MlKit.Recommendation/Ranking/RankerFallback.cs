using System.Runtime.InteropServices;

namespace MlKit.Recommendation.Ranking;

/// <summary>LightGBM's native library did not load.</summary>
/// <param name="Reason">The loader's message, one line.</param>
public sealed record RankerFallback(string Reason)
{
    /// <summary>What makes LightGBM load on this kind of machine.</summary>
    public string Remedy { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? "apt-get install -y libgomp1"
        : OperatingSystem.IsMacOS()
            ? "brew install libomp"
            : "none: the LightGBM package has no native library for this system";
}
