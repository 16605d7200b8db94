namespace MlKit.Hosting;

/// <summary>The slices that NVIDIA's GPUs can be cut into.</summary>
internal static class MigProfiles
{
    // A100 40 and 80 GB, A30, H100 80 and 96 GB, H200, B200; the suffix +me is a slice with media engines.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "1g.5gb", "1g.5gb.me", "2g.10gb", "3g.20gb", "4g.20gb", "7g.40gb",
        "1g.6gb", "1g.6gb.me", "2g.12gb", "2g.12gb.me", "4g.24gb",
        "1g.10gb", "1g.10gb.me", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb",
        "1g.12gb", "1g.12gb.me", "1g.24gb", "2g.24gb", "3g.48gb", "4g.48gb", "7g.96gb",
        "1g.18gb", "1g.18gb.me", "1g.35gb", "2g.35gb", "3g.71gb", "4g.71gb", "7g.141gb",
        "1g.23gb", "1g.23gb.me", "1g.45gb", "2g.45gb", "3g.90gb", "4g.90gb", "7g.180gb",
    };

    /// <summary>Whether a GPU can be cut so.</summary>
    public static bool IsKnown(string profile) => Known.Contains(profile);

    /// <summary>All profiles, for a message.</summary>
    public static string All => string.Join(", ", Known);
}
