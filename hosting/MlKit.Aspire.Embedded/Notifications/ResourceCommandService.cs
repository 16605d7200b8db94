using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources from code.</summary>
public class ResourceCommandService
{
    private static readonly InteractionInputCollection NoArguments = new([]);
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _logs;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService logs, IServiceProvider services)
    {
        _notifications = notifications;
        _logs = logs;
        _services = services;
    }

    /// <summary>Runs a command of a replica, or of a resource with one replica.</summary>
    /// <param name="resourceId">The id of the replica, or the name of the resource.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resourceId, commandName, NoArguments, cancellationToken);

    /// <inheritdoc cref="ExecuteCommandAsync(string, string, CancellationToken)"/>
    /// <param name="resourceId">The id of the replica, or the name of the resource.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="arguments">What it asks for.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        if (_notifications.TryGetCurrentState(resourceId, out var state))
        {
            return RunAsync(state.Resource, state.ResourceId, commandName, arguments, cancellationToken);
        }

        var resource = _services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(r => r.Name.Equals(resourceId, StringComparison.OrdinalIgnoreCase));
        return resource is null
            ? Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."))
            : ExecuteCommandAsync(resource, commandName, arguments, cancellationToken);
    }

    /// <summary>Runs a command on all replicas of a resource at once.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource, commandName, NoArguments, cancellationToken);

    /// <inheritdoc cref="ExecuteCommandAsync(IResource, string, CancellationToken)"/>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="arguments">What it asks for.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var ids = ResourceInstancesAnnotation.IdsOf(resource);
        var results = await Task.WhenAll(ids.Select(id => RunAsync(resource, id, commandName, arguments, cancellationToken))).ConfigureAwait(false);
        if (results.Length == 1)
        {
            return results[0];
        }

        var failures = results.Zip(ids).Where(r => !r.First.Success && !r.First.Canceled).Select(r => $"{r.Second}: {r.First.Message}").ToList();
        if (failures.Count > 0)
        {
            return CommandResults.Failure(string.Join("; ", failures));
        }

        return results.FirstOrDefault(r => r.Canceled) ?? results[0];
    }

    private async Task<ExecuteCommandResult> RunAsync(
        IResource resource, string id, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(commandName);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => c.Name == commandName);
        if (command is null)
        {
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{id}'.");
        }

        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services,
                ResourceName = id,
                CancellationToken = cancellationToken,
                Logger = _logs.GetLogger(id),
                Arguments = arguments,
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            // The author's code: whatever it throws is the command's failure, not the host's.
            return CommandResults.Failure(e);
        }
    }
}
