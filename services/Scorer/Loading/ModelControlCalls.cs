using MlKit.Inference;

namespace MlKit.Scorer.Loading;

/// <summary>Loading and unloading on a client's word, where the settings allow it.</summary>
internal sealed class ModelControlCalls(ScorerOptions options, RepositoryModels models)
{
    /// <exception cref="InferenceException">It does not load, and nothing has changed; or the settings do not allow it.</exception>
    public Task LoadAsync(string name, LoadOverride instead, CancellationToken cancellationToken)
    {
        Check(name, "load");
        return models.LoadAsync(name, instead, cancellationToken);
    }

    /// <exception cref="InferenceException">There is no such model, or the settings do not allow it.</exception>
    public Task UnloadAsync(string name, CancellationToken cancellationToken)
    {
        Check(name, "unload");
        return models.UnloadAsync(name, cancellationToken);
    }

    private void Check(string name, string call)
    {
        if (options.Control != ModelControl.Api)
        {
            throw Invalid($"{call} is not allowed: MLKIT__SCORER__CONTROL is '{options.Control.ToString().ToLowerInvariant()}', it must be 'api'");
        }

        if (options.RegistryModels.Any(uri => uri.Name == name))
        {
            throw Invalid($"{call} is not allowed: '{name}' follows the registry (MLKIT__SCORER__REGISTRYMODELS); move its alias instead");
        }
    }

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
