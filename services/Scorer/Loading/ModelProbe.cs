using System.Diagnostics;
using System.Text.Json;
using MlKit.Inference;

namespace MlKit.Scorer.Loading;

/// <summary>
/// Loads a model in a process of its own first, with a limit of memory and time, so that a model which crashes, hangs or
/// eats memory is an error of loading and not the end of the scorer.
/// </summary>
internal sealed class ModelProbe(ScorerOptions options)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <exception cref="InferenceException">Unavailable: the model did not load there; the message says why.</exception>
    public async Task TryAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        using var process = Start();
        try
        {
            var answer = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, ProbeJson.Default.ProbeRequest).AsMemory(), cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
            await WatchAsync(process, cancellationToken);
            await errors;
            Judge(process.ExitCode, await answer);
        }
        finally
        {
            Kill(process);
        }
    }

    private static void Judge(int exitCode, string answer)
    {
        if (exitCode == 0)
        {
            return;
        }

        var last = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        throw Refused(exitCode == ProbeProcess.Refused && last is { Length: > 0 } reason
            ? reason
            : $"the probe process that loaded the model crashed (exit code {exitCode})");
    }

    private Process Start()
    {
        var folder = AppContext.BaseDirectory;
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "Scorer.exe" : "Scorer");
        var start = File.Exists(program)
            ? new ProcessStartInfo(program)
            : new ProcessStartInfo(Environment.ProcessPath!) { ArgumentList = { Path.Combine(folder, "Scorer.dll") } };
        start.ArgumentList.Add(ProbeProcess.Argument);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            throw Refused($"the probe process cannot be started: {error.Message}");
        }
    }

    /// <summary>Waits until the process ends by itself, or ends it where it takes too much.</summary>
    private async Task WatchAsync(Process process, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Look);
        while (!process.HasExited)
        {
            if (MemoryOf(process) > options.ProbeBytes)
            {
                throw Refused($"loading the model takes more than the {options.ProbeBytes} bytes of memory that MLKIT__SCORER__PROBEBYTES allows");
            }

            if (clock.Elapsed > options.ProbeLimit)
            {
                throw Refused($"loading the model takes longer than the {options.ProbeLimit.TotalSeconds:0.###} s that MLKIT__SCORER__PROBESECONDS allows");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Bytes that a process has in memory. One that ends between two questions is gone, which is no failure.</summary>
    internal static long MemoryOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    private static InferenceException Refused(string message) => new(InferenceErrorKind.Unavailable, message);
}
