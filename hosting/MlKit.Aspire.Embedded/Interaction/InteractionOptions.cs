namespace Aspire.Hosting;

/// <summary>How a question is shown.</summary>
public class InteractionOptions
{
    /// <summary>The text of the first button.</summary>
    public string? PrimaryButtonText { get; set; }

    /// <summary>The text of the second button.</summary>
    public string? SecondaryButtonText { get; set; }

    /// <summary>Whether there is a second button.</summary>
    public bool? ShowSecondaryButton { get; set; }

    /// <summary>Whether it can be dismissed without an answer.</summary>
    public bool? ShowDismiss { get; set; }

    /// <summary>Whether the message is Markdown.</summary>
    public bool? EnableMessageMarkdown { get; set; }
}

/// <summary>How a message box is shown.</summary>
public class MessageBoxInteractionOptions : InteractionOptions
{
    /// <summary>What kind of message it is.</summary>
    public MessageIntent? Intent { get; set; }
}

/// <summary>How a notification is shown.</summary>
public class NotificationInteractionOptions : InteractionOptions
{
    /// <summary>What kind of message it is.</summary>
    public MessageIntent? Intent { get; set; }

    /// <summary>The text of its link.</summary>
    public string? LinkText { get; set; }

    /// <summary>Where its link leads.</summary>
    public string? LinkUrl { get; set; }
}

/// <summary>How a dialog that asks for values is shown and checked.</summary>
public class InputsDialogInteractionOptions : InteractionOptions
{
    /// <summary>Checks what was entered; what it refuses is asked for again.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidationCallback { get; set; }
}
