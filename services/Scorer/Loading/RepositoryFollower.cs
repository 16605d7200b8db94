using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Loading;

/// <summary>Loads the models of the repository folder at start and, where the settings say so, follows its changes.</summary>
internal sealed class RepositoryFollower(ScorerOptions options, ModelCatalog catalog, RepositoryModels models, TimeProvider time) : BackgroundService
{
    /// <summary>The fingerprint that is served or was refused, and the one that was seen last.</summary>
    private readonly Dictionary<string, (string Tried, string Seen)> _known = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Models load beside the server, which answers /alive and says what is missing meanwhile.
        await Task.Yield();
        if (options.Control == ModelControl.Poll)
        {
            Remember();
        }

        await models.LoadAllAsync(stoppingToken);
        catalog.Complete();
        if (options.Control == ModelControl.Poll && models.Repository is { } repository)
        {
            using var timer = new PeriodicTimer(options.PollInterval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(repository, stoppingToken);
            }
        }
    }

    private void Remember()
    {
        foreach (var name in models.Repository?.Models ?? [])
        {
            var fingerprint = models.Repository!.Fingerprint(name);
            _known[name] = (fingerprint, fingerprint);
        }
    }

    private async Task LookAsync(ModelRepository repository, CancellationToken cancellationToken)
    {
        try
        {
            var present = repository.Models.ToList();
            foreach (var gone in _known.Keys.Except(present).ToList())
            {
                _known.Remove(gone);
                await models.UnloadAsync(gone, cancellationToken);
            }

            foreach (var name in present)
            {
                await LookAsync(repository, name, cancellationToken);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InferenceException)
        {
            // What cannot be read now is looked at again; what is loaded stays.
        }
    }

    /// <summary>A folder is loaded when it looks the same twice in a row, so that one which is being written is left alone.</summary>
    private async Task LookAsync(ModelRepository repository, string name, CancellationToken cancellationToken)
    {
        var now = repository.Fingerprint(name);
        var (tried, seen) = _known.GetValueOrDefault(name, ("", ""));
        _known[name] = (tried, now);
        if (now == tried || now != seen)
        {
            return;
        }

        _known[name] = (now, now);
        try
        {
            await models.LoadAsync(name, LoadOverride.None, cancellationToken);
        }
        catch (InferenceException)
        {
            // Logged and shown in the index; a further change of the folder is a further try.
        }
    }
}
