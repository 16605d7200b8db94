namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the notification service waits.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a wait does when the resource it waits for ended or failed, unless the wait itself says.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; } = WaitBehavior.WaitOnResourceUnavailable;
}
