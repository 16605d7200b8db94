using System.Text;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>
/// The container engine of this machine, driven through its CLI: the one that <c>ASPIRE_CONTAINER_RUNTIME</c> names, else
/// the first of Docker and Podman that answers.
/// </summary>
internal sealed class ContainerEngine(IProcessControl processes, IConfiguration configuration)
{
    private static readonly string[] Known = ["docker", "podman"];
    private static readonly string[] Settings = ["ASPIRE_CONTAINER_RUNTIME", "DOTNET_ASPIRE_CONTAINER_RUNTIME", "DcpPublisher:ContainerRuntime"];
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _command;

    /// <summary>The CLI of the engine that answered.</summary>
    /// <exception cref="DistributedApplicationException">None does; the message says what to install, or how to do without.</exception>
    public async Task<string> RequireAsync(string resource, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _command ??= await FindAsync(resource, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs a command to its end. The engine must have been found before.</summary>
    /// <param name="arguments">The arguments of the CLI.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <param name="environment">Variables of the CLI, beside the host's own.</param>
    /// <param name="input">Written to its standard input.</param>
    /// <param name="line">Is told each line of its output and errors as they come.</param>
    public async Task<CommandOutput> RunAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null,
        Func<Stream, CancellationToken, Task>? input = null,
        Action<string>? line = null)
    {
        var start = Command("container engine", arguments, environment) with { KeepInput = input is not null };
        using var child = processes.Start(start);
        using var end = cancellationToken.Register(child.Kill);
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var reading = Task.WhenAll(Lines.PumpAsync(child.Output, l => Take(output, l, line)), Lines.PumpAsync(child.Error, l => Take(error, l, line)));
        if (input is not null)
        {
            await WriteAsync(child, input, cancellationToken);
        }

        await reading;
        var exitCode = await child.Exited;
        cancellationToken.ThrowIfCancellationRequested();
        return new CommandOutput(exitCode, output.ToString().TrimEnd('\n'), error.ToString().TrimEnd('\n'));
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="DistributedApplicationException">It failed; the message is the engine's.</exception>
    public async Task<string> RequireAsync(IReadOnlyList<string> arguments, string what, CancellationToken cancellationToken)
    {
        var result = await RunAsync(arguments, cancellationToken);
        return result.Succeeded ? result.Output : throw new DistributedApplicationException($"{what}: {result.Reason}");
    }

    /// <summary>How a command of the CLI is started.</summary>
    public ChildStart Command(string owner, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var all = ChildEnvironment.Inherited();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return new ChildStart(owner, _command ?? Known[0], arguments, Path.GetTempPath(), all);
    }

    private async Task<string> FindAsync(string resource, CancellationToken cancellationToken)
    {
        var chosen = Settings.Select(key => configuration[key]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        if (chosen is not null && !Known.Contains(chosen, StringComparer.OrdinalIgnoreCase) && !Path.IsPathRooted(chosen))
        {
            throw new DistributedApplicationException($"ASPIRE_CONTAINER_RUNTIME is '{chosen}'; allowed are {string.Join(", ", Known)}, or the full path of a CLI that takes the same commands");
        }

        var reasons = new List<string>();
        foreach (var candidate in chosen is null ? Known : [chosen])
        {
            _command = candidate;
            if (await AnswersAsync(reasons, cancellationToken))
            {
                return candidate;
            }
        }

        _command = null;
        throw new DistributedApplicationException(
            $"'{resource}' is a container, and no container engine answers here ({string.Join("; ", reasons)}). Install and start Docker or Podman, "
            + "or leave --MlKit:RunMode at Embedded, which runs MlKit's own servers as processes; an existing server can be added by AddExternalService or AddConnectionString.");
    }

    private async Task<bool> AnswersAsync(List<string> reasons, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AnswerDeadline);
        try
        {
            var info = await RunAsync(["info"], deadline.Token);
            if (info.Succeeded)
            {
                return true;
            }

            reasons.Add($"{_command}: {info.Reason}");
        }
        catch (ProcessStartException)
        {
            reasons.Add($"{_command}: not installed");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            reasons.Add($"{_command}: no answer within {AnswerDeadline.TotalSeconds} s");
        }

        return false;
    }

    private static void Take(StringBuilder text, string line, Action<string>? listener)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }

        listener?.Invoke(line);
    }

    private static async Task WriteAsync(IChildProcess child, Func<Stream, CancellationToken, Task> input, CancellationToken cancellationToken)
    {
        try
        {
            await input(child.Input, cancellationToken);
        }
        catch (IOException)
        {
            // The CLI ended before it took everything: its exit code and message say why.
        }
        finally
        {
            await child.Input.DisposeAsync();
        }
    }
}
