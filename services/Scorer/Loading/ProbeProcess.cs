using System.Text.Json;
using MlKit.Inference;

namespace MlKit.Scorer.Loading;

/// <summary>The probe process: reads what to load from standard input, loads it, and says by its exit code how it went.</summary>
internal static class ProbeProcess
{
    /// <summary>The argument that makes the scorer's program a probe.</summary>
    public const string Argument = "--probe";

    /// <summary>Exit code where the model was refused; the last line of standard output has the reason.</summary>
    public const int Refused = 3;

    public static async Task<int> RunAsync()
    {
        var line = await Console.In.ReadLineAsync();
        if (line is null || JsonSerializer.Deserialize(line, ProbeJson.Default.ProbeRequest) is not { } request)
        {
            return 1;
        }

        EndWithParent();
        try
        {
            var (backend, _) = ModelAssembly.Assemble(await request.ToSourceAsync(), request.Placement, request.BatchSize);
            backend.Dispose();
            return 0;
        }
        catch (InferenceException error)
        {
            await Console.Out.WriteLineAsync(error.Message.ReplaceLineEndings(" "));
            return Refused;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await Console.Out.WriteLineAsync($"{error.GetType().Name}: {error.Message}".ReplaceLineEndings(" "));
            return Refused;
        }
        catch (OutOfMemoryException)
        {
            await Console.Out.WriteLineAsync("the model needs more memory than there is");
            return Refused;
        }
    }

    /// <summary>Standard input ends when the scorer does.</summary>
    private static void EndWithParent()
    {
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            Environment.Exit(1);
        })
        { IsBackground = true };
        watch.Start();
    }
}
