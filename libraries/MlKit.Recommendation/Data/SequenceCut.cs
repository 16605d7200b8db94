namespace MlKit.Recommendation.Data;

/// <summary>What the protocol LAST holds out in the sequences of MovieLens 1M.</summary>
/// <param name="Test">The last film by raw user id.</param>
/// <param name="ValidationUsers">The users whose last film before that may be used for tuning.</param>
/// <param name="Items">The films of the sequences; no other competes.</param>
internal sealed record SequenceCut(IReadOnlyDictionary<string, string> Test, IReadOnlyList<string> ValidationUsers, HashSet<string> Items);
