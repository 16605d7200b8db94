using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlKit.Aspire.Embedded.Runtime;
using MlKit.Aspire.Embedded.Terminal;

namespace Aspire.Hosting;

/// <content>What code that holds a running application uses.</content>
public partial class DistributedApplication
{
    private bool _started;

    /// <summary>The states of the resources.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Runs commands of resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>What <see cref="RunAsync"/> does under a test, which starts and stops the application itself.</summary>
    internal Func<CancellationToken, Task>? RunInstead { get; set; }

    /// <summary>Called when the application was disposed.</summary>
    internal event Action? Disposed;

    private async Task RunToEndAsync(CancellationToken cancellationToken)
    {
        if (CommandLine.AsksForHelp(Services.GetService<DistributedApplicationOptions>()?.Args))
        {
            HelpText.Write(Services.GetRequiredService<DistributedApplicationModel>(), Console.Out);
            return;
        }

        using var impatience = ImpatientUser.Watch();
        try
        {
            await _host.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DistributedApplicationException e)
        {
            // A mistake of the user's is said in one line; a stack trace would hide it.
            UserErrors.Say(e);
            Environment.ExitCode = 1;
        }
    }

    private Task StopStartedAsync() => _started ? StopAsync(CancellationToken.None) : Task.CompletedTask;
}
