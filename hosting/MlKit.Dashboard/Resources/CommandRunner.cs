using Grpc.Core;

namespace MlKit.Dashboard.Resources;

/// <summary>Asks the host to run commands on resources.</summary>
internal sealed partial class CommandRunner(ResourceServiceCalls host, ILogger<CommandRunner> logger)
{
    /// <summary>Runs a command and waits for its result.</summary>
    public async Task<CommandOutcome> RunAsync(ResourceSnapshot resource, ResourceCommand command, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await host.ExecuteCommandAsync(resource.Id, command.Name, cancellationToken);
            LogRan(command.Name, resource.Id, answer.Kind);
            return new CommandOutcome(answer.Kind == "Succeeded", answer.Kind == "Canceled", answer.Message);
        }
        catch (RpcException problem)
        {
            LogFailed(problem, command.Name, resource.Id);
            return new CommandOutcome(false, problem.StatusCode == StatusCode.Cancelled, $"The host did not answer: {problem.Status.Detail}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Command {Command} on {Resource}: {Kind}")]
    private partial void LogRan(string command, string resource, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Command {Command} on {Resource} failed")]
    private partial void LogFailed(Exception problem, string command, string resource);
}

/// <summary>How a command ended.</summary>
/// <param name="Succeeded">True when it did what it should.</param>
/// <param name="Canceled">True when it was given up.</param>
/// <param name="Message">What the host said; may be empty.</param>
internal sealed record CommandOutcome(bool Succeeded, bool Canceled, string Message);
