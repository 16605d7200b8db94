using System.Collections.Immutable;
using System.Globalization;
using MlKit.Inference;

namespace MlKit.Scorer.Models;

/// <summary>
/// All models by name. Readers see one consistent picture without a lock; a new version is visible only when it is
/// loaded and warm, and the version it replaces stays until its last request is done.
/// </summary>
/// <param name="strict">A model that failed to load makes the server not ready.</param>
internal sealed class ModelCatalog(bool strict = true)
{
    private readonly Lock _writing = new();
    private volatile ImmutableSortedDictionary<string, ModelEntry> _entries =
        ImmutableSortedDictionary.Create<string, ModelEntry>(StringComparer.Ordinal);

    private volatile bool _complete;

    /// <summary>Every model that the scorer means to serve.</summary>
    public IEnumerable<ModelEntry> Entries => _entries.Values;

    /// <summary>All models that are known at start were tried, and each has a version.</summary>
    public bool IsReady => _complete && _entries.Values.All(entry => entry.IsReady || !strict);

    /// <summary>Says that the model repository has been read, so that what is listed is all there is.</summary>
    public void Complete() => _complete = true;

    public bool IsComplete => _complete;

    /// <summary>Says that a model is meant to be served, and why it cannot be yet.</summary>
    public void Await(string name, string reason) => Change(name, entry => entry with { Waiting = reason });

    /// <summary>Records why a version did not load; what is loaded stays.</summary>
    public void Fail(string name, string version, string reason) =>
        Change(name, entry => entry with { Failures = entry.Failures.SetItem(version, reason) });

    /// <summary>Adds a loaded version; the highest number answers by default.</summary>
    public void Add(LoadedModel model) => Change(model.Name, entry =>
    {
        var versions = entry.Versions.SetItem(Number(model.Version), model);
        return entry.With(versions, versions.Values.Last()) with { Waiting = null };
    });

    /// <summary>Serves exactly these versions of a model, in one step. Earlier failures are forgotten.</summary>
    /// <returns>The versions that were served before, which the caller releases.</returns>
    public IReadOnlyList<LoadedModel> Replace(string name, IReadOnlyList<LoadedModel> models)
    {
        IReadOnlyList<LoadedModel> replaced = [];
        Change(name, entry =>
        {
            replaced = [.. entry.Versions.Values];
            var versions = models.ToImmutableSortedDictionary(model => Number(model.Version), model => model);
            return entry.With(versions, versions.Values.Last()) with { Failures = entry.Failures.Clear(), Waiting = null };
        });
        return replaced;
    }

    /// <summary>Takes a model out of service on purpose; requests that hold it finish.</summary>
    public void Unload(string name)
    {
        foreach (var model in Clear(name))
        {
            model.Release();
        }
    }

    /// <summary>Makes a version the one that answers, in one step. Earlier failures are forgotten.</summary>
    /// <returns>The version that it replaced, which the caller retires, once; null: there was none.</returns>
    public LoadedModel? Switch(LoadedModel model)
    {
        LoadedModel? replaced = null;
        Change(model.Name, entry =>
        {
            // Versions before the current one may still be there: each was handed out for retirement when it was replaced.
            replaced = entry.Current;
            return entry.With(entry.Versions.SetItem(Number(model.Version), model), model) with { Failures = entry.Failures.Clear(), Waiting = null };
        });
        return replaced;
    }

    /// <summary>Takes a replaced version away and lets go of it; requests that hold it finish.</summary>
    public void Retire(LoadedModel model)
    {
        Change(model.Name, entry => entry.Versions.TryGetValue(Number(model.Version), out var held) && ReferenceEquals(held, model)
            ? entry.With(entry.Versions.Remove(Number(model.Version)), entry.Current)
            : entry);
        model.Release();
    }

    /// <summary>A clean slate for a model whose registry version is served as before.</summary>
    public void Settle(string name) => Change(name, entry => entry with { Waiting = null });

    /// <summary>Whether the model is served or meant to be.</summary>
    public bool Knows(string name) => _entries.ContainsKey(name);

    /// <summary>The entry of a model.</summary>
    /// <exception cref="InferenceException">NotFound: there is no such model.</exception>
    public ModelEntry Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new InferenceException(InferenceErrorKind.NotFound, $"there is no model '{name}'");

    /// <summary>Leases a version, the current one where <paramref name="version"/> is empty.</summary>
    /// <exception cref="InferenceException">NotFound: no such model or version; Unavailable: not loaded, with the reason.</exception>
    public ModelLease Acquire(string name, string version)
    {
        while (true)
        {
            var entry = Find(name);
            var model = version.Length == 0 ? entry.Current : FindVersion(entry, version);
            if (model is null)
            {
                throw new InferenceException(InferenceErrorKind.Unavailable, $"model '{name}' cannot serve: {entry.Problem ?? "it is being loaded"}");
            }

            if (model.TryAcquire())
            {
                return new ModelLease(model);
            }
        }
    }

    private static LoadedModel? FindVersion(ModelEntry entry, string version)
    {
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new InferenceException(InferenceErrorKind.NotFound, $"model '{entry.Name}': version '{version}' is not a number");
        }

        if (entry.Versions.TryGetValue(number, out var model))
        {
            return model;
        }

        return entry.Failures.ContainsKey(version)
            ? null
            : throw new InferenceException(
                InferenceErrorKind.NotFound,
                $"model '{entry.Name}' has no version {version}; it has {(entry.Versions.IsEmpty ? "none" : string.Join(", ", entry.VersionNames))}");
    }

    private IReadOnlyList<LoadedModel> Clear(string name)
    {
        IReadOnlyList<LoadedModel> removed = [];
        Change(name, entry =>
        {
            removed = [.. entry.Versions.Values];
            return new ModelEntry(name) { IsUnloaded = true, Waiting = "it was unloaded" };
        });
        return removed;
    }

    private static long Number(string version) => long.Parse(version, NumberStyles.None, CultureInfo.InvariantCulture);

    private void Change(string name, Func<ModelEntry, ModelEntry> change)
    {
        lock (_writing)
        {
            var entry = _entries.TryGetValue(name, out var known) ? known : new ModelEntry(name);
            _entries = _entries.SetItem(name, change(entry));
        }
    }
}
