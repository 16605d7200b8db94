using Grpc.Core;

namespace MlKit.Dashboard.Resources;

/// <summary>Asks the host to run commands on resources. What was entered for a command is never logged.</summary>
internal sealed partial class CommandRunner(ResourceServiceCalls host, ILogger<CommandRunner> logger)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Runs a command and waits for its result.</summary>
    public async Task<CommandOutcome> RunAsync(
        ResourceSnapshot resource, ResourceCommand command, IReadOnlyDictionary<string, string>? arguments, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await host.ExecuteCommandAsync(resource.Id, command.Name, arguments ?? Nothing, cancellationToken);
            LogRan(command.Name, resource.Id, answer.Kind);
            return new CommandOutcome(answer.Kind == "Succeeded", answer.Kind == "Canceled", answer.Message)
            {
                Value = answer.Value,
                Format = answer.Format,
                Problems = answer.Problems,
            };
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            LogRan(command.Name, resource.Id, "Canceled");
            return new CommandOutcome(false, true, "");
        }
        catch (RpcException problem)
        {
            LogFailed(problem, command.Name, resource.Id);
            return new CommandOutcome(false, problem.StatusCode == StatusCode.Cancelled, $"The host did not answer: {problem.Status.Detail}");
        }
    }

    /// <summary>The command with the choices for what was entered so far; as it is where the host does not answer.</summary>
    public async Task<ResourceCommand> LoadInputsAsync(
        ResourceSnapshot resource, ResourceCommand command, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        if (!command.Inputs.Any(input => input.IsDynamic))
        {
            return command;
        }

        try
        {
            var inputs = await host.LoadInputsAsync(resource.Id, command.Name, arguments, cancellationToken);
            return command with { Inputs = [.. inputs.Select(ResourceMapping.ToInput)] };
        }
        catch (RpcException problem)
        {
            LogFailed(problem, command.Name, resource.Id);
            return command;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Command {Command} on {Resource}: {Kind}")]
    private partial void LogRan(string command, string resource, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Command {Command} on {Resource} failed")]
    private partial void LogFailed(Exception problem, string command, string resource);
}
