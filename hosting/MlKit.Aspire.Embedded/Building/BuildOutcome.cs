namespace MlKit.Aspire.Embedded.Building;

/// <summary>How the build of one project ended.</summary>
/// <param name="Facts">How to start it; null when the build failed.</param>
/// <param name="Errors">The compiler's messages when it failed.</param>
internal sealed record BuildOutcome(BuildFacts? Facts, IReadOnlyList<string> Errors);
