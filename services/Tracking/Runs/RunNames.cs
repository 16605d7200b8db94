namespace MlKit.Tracking.Runs;

/// <summary>Makes up names for runs that were given none.</summary>
internal static class RunNames
{
    /// <summary>The tag that always holds the name, too.</summary>
    public const string Tag = "mlflow.runName";

    private static readonly string[] Adjectives =
    [
        "able", "amber", "bold", "brave", "bright", "calm", "clever", "cosmic", "curious", "eager", "fair", "fleet",
        "gentle", "glad", "golden", "handy", "happy", "honest", "jolly", "keen", "kind", "lively", "lucky", "mellow",
        "merry", "modest", "neat", "noble", "patient", "polite", "proud", "quick", "quiet", "rapid", "silent", "smart",
        "steady", "sunny", "swift", "tidy", "upbeat", "vivid", "warm", "wise", "witty", "zesty",
    ];

    private static readonly string[] Nouns =
    [
        "auk", "badger", "bear", "bee", "bird", "carp", "cat", "crane", "crow", "deer", "dolphin", "dove", "duck",
        "eagle", "elk", "falcon", "finch", "fox", "goat", "goose", "hare", "hawk", "heron", "horse", "ibis", "jay",
        "koala", "lark", "lynx", "mole", "moose", "newt", "otter", "owl", "panda", "perch", "quail", "raven", "robin",
        "seal", "shrew", "stork", "swan", "tern", "trout", "vole", "whale", "wolf", "wren", "yak",
    ];

    public static string Next() =>
        $"{Pick(Adjectives)}-{Pick(Nouns)}-{Random.Shared.Next(1, 1000)}";

    private static string Pick(string[] words) => words[Random.Shared.Next(words.Length)];
}
