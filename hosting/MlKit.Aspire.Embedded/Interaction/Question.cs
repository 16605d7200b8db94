using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>One way to answer a question.</summary>
/// <param name="Label">The text of its button.</param>
/// <param name="Result">Makes the result of what was entered.</param>
internal sealed record QuestionAnswer<T>(string Label, Func<InteractionInputCollection, InteractionResult<T>> Result)
{
    /// <summary>What is asked for.</summary>
    public IReadOnlyList<InteractionInput> Inputs { get; init; } = [];

    /// <summary>Checks what was entered.</summary>
    public Func<InputsDialogValidationContext, Task>? Validate { get; init; }
}

/// <summary>A question that the AppHost's code asks: a resource of the dashboard until it is answered.</summary>
internal sealed class Question<T> : Resource
{
    private const string ResourceType = "Question";
    private const int LongestName = 40;

    private readonly CustomResourceSnapshot _shown;
    private readonly ResourceNotificationService _notifications;
    private readonly TaskCompletionSource<InteractionResult<T>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Question(
        string title, string? message, MessageIntent intent, UrlSnapshot? link, IReadOnlyList<QuestionAnswer<T>> answers, ResourceNotificationService notifications)
        : base(NameOf(title))
    {
        _notifications = notifications;
        _shown = new CustomResourceSnapshot
        {
            ResourceType = ResourceType,
            State = new ResourceStateSnapshot("Waiting for an answer", StyleOf(intent)),
            Properties = [new("Title", title), new("Message", message)],
            Urls = link is null ? [] : [link],
        };
        for (var i = 0; i < answers.Count; i++)
        {
            Annotations.Add(Command($"answer-{i}", answers[i], message, isFirst: i == 0));
        }
    }

    /// <summary>Shows the question until it is answered, and gives the result.</summary>
    /// <exception cref="OperationCanceledException">It was taken back.</exception>
    public async Task<InteractionResult<T>> AskAsync(CancellationToken cancellationToken)
    {
        await _notifications.PublishUpdateAsync(this, _ => _shown).ConfigureAwait(false);
        try
        {
            return await _result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _notifications.PublishUpdateAsync(this, s => s with { State = KnownResourceStates.Finished, IsHidden = true }).ConfigureAwait(false);
        }
    }

    private ResourceCommandAnnotation Command(string name, QuestionAnswer<T> answer, string? message, bool isFirst) => new(
        name,
        answer.Label,
        _ => _result.Task.IsCompleted ? ResourceCommandState.Hidden : ResourceCommandState.Enabled,
        context => Task.FromResult(Take(answer, context.Arguments)),
        message,
        answer.Inputs,
        confirmationMessage: null,
        iconName: null,
        iconVariant: null,
        isHighlighted: isFirst,
        validateArguments: answer.Validate);

    // The first of two visitors counts.
    private ExecuteCommandResult Take(QuestionAnswer<T> answer, InteractionInputCollection entered) =>
        !_result.Task.IsCompleted && _result.TrySetResult(answer.Result(entered))
            ? CommandResults.Success()
            : CommandResults.Failure("It is answered already");

    private static string StyleOf(MessageIntent intent) => intent switch
    {
        MessageIntent.Success => KnownResourceStateStyles.Success,
        MessageIntent.Warning => KnownResourceStateStyles.Warn,
        MessageIntent.Error => KnownResourceStateStyles.Error,
        _ => KnownResourceStateStyles.Info,
    };

    // What the title says, as far as the name of a resource can; two questions of one title are two resources.
    private static string NameOf(string title)
    {
        var words = new string([.. title.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        return $"{string.Join('-', words.Prepend("question"))}-{Guid.NewGuid().ToString("N")[..6]}";
    }
}
