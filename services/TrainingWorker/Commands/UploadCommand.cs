using MlKit.TrainingWorker.Registry;

namespace MlKit.TrainingWorker.Commands;

/// <summary><c>upload --from FOLDER</c>: sends a training that the tracking server did not take.</summary>
internal static class UploadCommand
{
    private const string Usage = "upload takes --from FOLDER, a folder below STATE/outbox";

    public static Task<int> RunAsync(string[] args) => StandaloneCommand.RunAsync(Usage, async cancellationToken =>
    {
        var folder = Path.GetFullPath(CommandLine.Parse(args, ["--from"], []).Need("--from"));
        using var host = TrainingProgram.Build([]);
        var sent = await host.Services.GetRequiredService<PackageUploader>().UploadAsync(folder, cancellationToken);
        Console.WriteLine($"{(sent.Passed ? "promoted" : "registered, refused by a gate")}: {string.Join(", ", sent.Models.Select(model => $"{model.Name} {model.Version}"))}");
        return sent.Passed ? ExitCode.Done : ExitCode.GateRefused;
    });
}
