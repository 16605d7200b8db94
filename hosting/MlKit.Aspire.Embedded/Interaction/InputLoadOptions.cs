namespace Aspire.Hosting;

/// <summary>How the choices of an input are found while the dialog is open.</summary>
public sealed class InputLoadOptions
{
    /// <summary>Finds them.</summary>
    public required Func<LoadInputContext, Task> LoadCallback { get; init; }

    /// <summary>Whether they are found when the dialog opens, too.</summary>
    public bool AlwaysLoadOnStart { get; init; }

    /// <summary>The inputs whose change finds them anew.</summary>
    public IReadOnlyList<string>? DependsOnInputs { get; init; }
}

/// <summary>What the finding of choices works on.</summary>
public sealed class LoadInputContext
{
    /// <summary>The input.</summary>
    public required InteractionInput Input { get; init; }

    /// <summary>All inputs of the dialog.</summary>
    public required InteractionInputCollection AllInputs { get; init; }

    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
