using System.Runtime.InteropServices;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Commands;

/// <summary>What commands that run without the job's host share: signals, faults in one line, logging to stderr.</summary>
internal static class StandaloneCommand
{
    /// <summary>Runs the command; a fault that a user can mend ends it with one line and exit code 1.</summary>
    public static async Task<int> RunAsync(string usage, Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await run(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await TrainingProgram.FailAsync("stopped before the end");
        }
        catch (InvalidOperationException error)
        {
            return await TrainingProgram.FailAsync($"{error.Message}; {usage}");
        }
        catch (Exception error) when (TrainingProgram.Explain(error) is { } reason)
        {
            return await TrainingProgram.FailAsync(reason);
        }
    }

    public static Protocol Protocol(string name) => ProtocolNames.TryParse(name, out var protocol)
        ? protocol
        : throw new InvalidOperationException($"protocol '{name}' is not known");

    public static ILoggerFactory Logging() => LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true)
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    public static void WarnOfDropped(DataSet data)
    {
        foreach (var (reason, count) in data.Dropped)
        {
            Console.Error.WriteLine($"training: left out {count} rows: {reason}");
        }
    }
}
