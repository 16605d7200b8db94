namespace Aspire.Hosting;

/// <summary>Finds the choices of inputs that find them by code.</summary>
internal static class InputChoices
{
    /// <summary>Calls the code of those that <paramref name="which"/> chooses, in order.</summary>
    public static async Task LoadAsync(
        IReadOnlyList<InteractionInput> inputs, Func<InputLoadOptions, bool> which, IServiceProvider services, CancellationToken cancellationToken)
    {
        var all = new InteractionInputCollection(inputs);
        foreach (var input in inputs)
        {
            if (input.DynamicLoading is { } loading && which(loading))
            {
                await loading.LoadCallback(new LoadInputContext { Input = input, AllInputs = all, Services = services, CancellationToken = cancellationToken }).ConfigureAwait(false);
            }
        }
    }
}
