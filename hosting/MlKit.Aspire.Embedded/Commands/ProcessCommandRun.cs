using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Runtime;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs a command that is a program.</summary>
internal static class ProcessCommandRun
{
    /// <summary>Runs the program to its end; what it writes goes to the log of the resource.</summary>
    public static async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, ProcessCommandSpec spec, ProcessCommandOptions options, string appHostDirectory)
    {
        var output = new Queue<string>();
        int exitCode;
        try
        {
            exitCode = await RunAsync(context, spec, appHostDirectory, line => Keep(output, line, options.MaxOutputLineCount)).ConfigureAwait(false);
        }
        catch (ProcessStartException e)
        {
            return CommandResults.Failure(e.Message);
        }

        var lines = output.ToList();
        if (options.GetCommandResult is { } make)
        {
            return await make(new ProcessCommandResultContext
            {
                Services = context.Services,
                ResourceName = context.ResourceName,
                ExitCode = exitCode,
                Output = lines,
                CancellationToken = context.CancellationToken,
            }).ConfigureAwait(false);
        }

        var text = string.Join('\n', lines);
        return options.SuccessExitCodes.Contains(exitCode)
            ? CommandResults.Success($"'{spec.ExecutablePath}' ended with exit code {exitCode}", text)
            : CommandResults.Failure($"'{spec.ExecutablePath}' ended with exit code {exitCode}", text);
    }

    private static async Task<int> RunAsync(ExecuteCommandContext context, ProcessCommandSpec spec, string appHostDirectory, Action<string> keep)
    {
        var environment = spec.InheritEnvironmentVariables ? ChildEnvironment.Inherited() : [];
        foreach (var (name, value) in spec.EnvironmentVariables)
        {
            environment[name] = value ?? "";
        }

        var processes = context.Services.GetRequiredService<IProcessControl>();
        var folder = Path.GetFullPath(spec.WorkingDirectory ?? ".", appHostDirectory);
        using var child = processes.Start(new ChildStart(context.ResourceName, spec.ExecutablePath, spec.Arguments, folder, environment)
        {
            KeepInput = spec.StandardInputContent is not null,
        });
        using var end = context.CancellationToken.Register(child.Kill);
        void Take(string line)
        {
            CommandLog.Output(context.Logger, line);
            keep(line);
        }

        var reading = Task.WhenAll(Lines.PumpAsync(child.Output, Take), Lines.PumpAsync(child.Error, Take));
        if (spec.StandardInputContent is { } input)
        {
            await child.Input.WriteAsync(System.Text.Encoding.UTF8.GetBytes(input), context.CancellationToken).ConfigureAwait(false);
            await child.Input.DisposeAsync().ConfigureAwait(false);
        }

        await reading.ConfigureAwait(false);
        var exitCode = await child.Exited.ConfigureAwait(false);
        context.CancellationToken.ThrowIfCancellationRequested();
        return exitCode;
    }

    private static void Keep(Queue<string> lines, string line, int most)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > most)
            {
                lines.Dequeue();
            }
        }
    }
}

/// <summary>What commands write to the logs of resources.</summary>
internal static partial class CommandLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    public static partial void Output(ILogger logger, string line);
}
