using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Asks through the dashboard: each question is a resource there until it is answered, its answers are commands.</summary>
/// <param name="notifications">Where questions are shown.</param>
/// <param name="services">The services of the application.</param>
/// <param name="isAvailable">Whether there is a dashboard.</param>
/// <param name="say">Writes a line to the console, for those who do not look at the dashboard.</param>
/// <param name="stopping">Takes all questions back.</param>
internal sealed class InteractionService(
    ResourceNotificationService notifications, IServiceProvider services, Func<bool> isAvailable, Action<string> say, CancellationToken stopping) : IInteractionService
{
    public bool IsAvailable => isAvailable();

    public Task<InteractionResult<bool>> PromptConfirmationAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(title, message, options?.Intent ?? MessageIntent.Confirmation, null, Buttons(options, "Yes", "No", isSecondShown: true), cancellationToken);

    public Task<InteractionResult<bool>> PromptMessageBoxAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(title, message, options?.Intent ?? MessageIntent.None, null, Buttons(options, "OK", "Cancel", isSecondShown: false), cancellationToken);

    public Task<InteractionResult<bool>> PromptNotificationAsync(string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(
            title,
            message,
            options?.Intent ?? MessageIntent.None,
            options?.LinkUrl is { Length: > 0 } url ? new UrlSnapshot(options.LinkText, url, IsInternal: false) { DisplayProperties = new(options.LinkText ?? "") } : null,
            // Without a text of its own it has no button but the one that dismisses it.
            Buttons(options, options?.PrimaryButtonText, options?.SecondaryButtonText, isSecondShown: options?.SecondaryButtonText is not null),
            cancellationToken);

    public Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, string inputLabel, string placeHolder, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputLabel);
        return PromptInputAsync(title, message, new InteractionInput { Name = inputLabel, InputType = InputType.Text, Placeholder = placeHolder, Required = true }, options, cancellationToken);
    }

    public async Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, InteractionInput input, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = await PromptInputsAsync(title, message, [input], options, cancellationToken).ConfigureAwait(false);
        return result.Canceled ? InteractionResult.Cancel(input) : InteractionResult.Ok(input);
    }

    public async Task<InteractionResult<InteractionInputCollection>> PromptInputsAsync(string title, string? message, IReadOnlyList<InteractionInput> inputs, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var all = new InteractionInputCollection(inputs);
        var answer = new QuestionAnswer<InteractionInputCollection>(options?.PrimaryButtonText ?? "Answer", entered =>
        {
            foreach (var input in all)
            {
                input.Value = entered[input.Name].Value;
            }

            return InteractionResult.Ok(all);
        })
        {
            Inputs = inputs,
            Validate = options?.ValidationCallback,
        };
        var dismiss = new QuestionAnswer<InteractionInputCollection>(options?.SecondaryButtonText ?? "Cancel", _ => InteractionResult.Cancel(all));
        return await AskAsync(title, message, MessageIntent.None, null, [answer, dismiss], cancellationToken).ConfigureAwait(false);
    }

    private static List<QuestionAnswer<bool>> Buttons(InteractionOptions? options, string? first, string? second, bool isSecondShown)
    {
        var buttons = new List<QuestionAnswer<bool>>();
        if ((options?.PrimaryButtonText ?? first) is { } primary)
        {
            buttons.Add(new QuestionAnswer<bool>(primary, _ => InteractionResult.Ok(true)));
        }

        if ((options?.ShowSecondaryButton ?? isSecondShown) && (options?.SecondaryButtonText ?? second) is { } secondary)
        {
            buttons.Add(new QuestionAnswer<bool>(secondary, _ => InteractionResult.Ok(false)));
        }

        // What has no button could never be ended.
        if (options?.ShowDismiss ?? true || buttons.Count == 0)
        {
            buttons.Add(new QuestionAnswer<bool>("Dismiss", _ => InteractionResult.Cancel<bool>()));
        }

        return buttons;
    }

    private async Task<InteractionResult<T>> AskAsync<T>(
        string title, string? message, MessageIntent intent, UrlSnapshot? link, IReadOnlyList<QuestionAnswer<T>> answers, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        if (!IsAvailable)
        {
            throw new InvalidOperationException($"Nobody can be asked '{title}': the application runs without a dashboard. Check {nameof(IInteractionService)}.{nameof(IsAvailable)} first.");
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        var question = new Question<T>(title, message, intent, link, answers, notifications);
        await InputChoices.LoadAsync(answers.SelectMany(a => a.Inputs).ToList(), _ => true, services, ended.Token).ConfigureAwait(false);
        say(string.IsNullOrEmpty(message) ? $"'{title}' waits for an answer in the dashboard" : $"'{title}' waits for an answer in the dashboard: {message}");
        return await question.AskAsync(ended.Token).ConfigureAwait(false);
    }
}
