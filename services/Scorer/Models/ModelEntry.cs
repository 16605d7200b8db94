using System.Collections.Immutable;

namespace MlKit.Scorer.Models;

/// <summary>What the scorer knows about one model at one moment; replaced as a whole.</summary>
internal sealed record ModelEntry(string Name)
{
    /// <summary>Loaded versions by number.</summary>
    public ImmutableSortedDictionary<long, LoadedModel> Versions { get; init; } = ImmutableSortedDictionary<long, LoadedModel>.Empty;

    /// <summary>The version that answers where none is asked for.</summary>
    public LoadedModel? Current { get; init; }

    /// <summary>Versions that did not load, with the reason.</summary>
    public ImmutableSortedDictionary<string, string> Failures { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Why there is no version yet, or why a newer one is not there; null: all is well.</summary>
    public string? Waiting { get; init; }

    /// <summary>It was taken out of service on purpose.</summary>
    public bool IsUnloaded { get; init; }

    /// <summary>Served, or not meant to be.</summary>
    public bool IsReady => Current is not null || IsUnloaded;

    /// <summary>Numbers of the loaded versions.</summary>
    public IReadOnlyList<string> VersionNames { get; private init; } = [];

    /// <summary>Why the model cannot serve or what is wrong with it; null: nothing.</summary>
    public string? Problem
    {
        get
        {
            var failures = Failures.Select(failure => $"version {failure.Key} failed to load: {failure.Value}");
            var all = Waiting is null ? failures : failures.Append(Waiting);
            return string.Join("; ", all) is { Length: > 0 } text ? text : null;
        }
    }

    /// <summary>The entry with other versions, of which one answers by default.</summary>
    public ModelEntry With(ImmutableSortedDictionary<long, LoadedModel> versions, LoadedModel? current) =>
        this with { Versions = versions, Current = current, VersionNames = [.. versions.Values.Select(model => model.Version)], IsUnloaded = false };
}
