namespace Aspire.Hosting;

/// <summary>Asks whoever uses the dashboard, from the AppHost's own code.</summary>
public interface IInteractionService
{
    /// <summary>Whether anybody can be asked: only while the application runs with a dashboard. Every prompt throws where it is false.</summary>
    bool IsAvailable { get; }

    /// <summary>Asks for a yes or no.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What is asked.</param>
    /// <param name="options">How it is shown.</param>
    /// <param name="cancellationToken">Takes the question back.</param>
    /// <returns>True for the first button, false for the second; canceled where it was dismissed.</returns>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    Task<InteractionResult<bool>> PromptConfirmationAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Says something that has to be acknowledged.</summary>
    /// <inheritdoc cref="PromptConfirmationAsync"/>
    Task<InteractionResult<bool>> PromptMessageBoxAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Says something until it is dismissed.</summary>
    /// <inheritdoc cref="PromptConfirmationAsync"/>
    Task<InteractionResult<bool>> PromptNotificationAsync(string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for one text.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What is asked.</param>
    /// <param name="inputLabel">The label of the field.</param>
    /// <param name="placeHolder">What the empty field shows.</param>
    /// <param name="options">How it is shown and checked.</param>
    /// <param name="cancellationToken">Takes the question back.</param>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, string inputLabel, string placeHolder, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for one value.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What is asked.</param>
    /// <param name="input">The field; it has the value afterwards.</param>
    /// <param name="options">How it is shown and checked.</param>
    /// <param name="cancellationToken">Takes the question back.</param>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, InteractionInput input, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for several values in one dialog.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What is asked.</param>
    /// <param name="inputs">The fields, of different names; they have the values afterwards.</param>
    /// <param name="options">How it is shown and checked.</param>
    /// <param name="cancellationToken">Takes the question back.</param>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    Task<InteractionResult<InteractionInputCollection>> PromptInputsAsync(string title, string? message, IReadOnlyList<InteractionInput> inputs, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default);
}
