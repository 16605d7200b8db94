namespace Aspire.Hosting;

/// <summary>What a check of entered values works on.</summary>
public sealed class InputsDialogValidationContext
{
    private readonly List<(string Input, string Message)> _errors = [];

    /// <summary>What was entered.</summary>
    public required InteractionInputCollection Inputs { get; init; }

    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What was found wrong: the name of the input and what to say.</summary>
    internal IReadOnlyList<(string Input, string Message)> Errors => _errors;

    /// <summary>Refuses a value.</summary>
    /// <param name="input">The input.</param>
    /// <param name="errorMessage">What to say.</param>
    public void AddValidationError(InteractionInput input, string errorMessage)
    {
        ArgumentNullException.ThrowIfNull(input);
        AddValidationError(input.Name, errorMessage);
    }

    /// <summary>Refuses a value.</summary>
    /// <param name="inputName">The name of the input.</param>
    /// <param name="errorMessage">What to say.</param>
    public void AddValidationError(string inputName, string errorMessage) => _errors.Add((Inputs[inputName].Name, errorMessage));
}
