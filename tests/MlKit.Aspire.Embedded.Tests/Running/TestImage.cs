using System.Diagnostics;
using System.Formats.Tar;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>
/// A real container engine and a small image that needs no registry: a statically linked busybox and nothing else. Where
/// either is missing the tests are skipped with the reason.
/// </summary>
internal static class TestImage
{
    private const string Name = "mlkit-test/busybox:1";
    private const string Busybox = "/bin/busybox";

    private static readonly Lazy<Task<string?>> Missing = new(PrepareAsync);

    /// <summary>The name of the image.</summary>
    public static async Task<string> RequireAsync()
    {
        var missing = await Missing.Value;
        Assert.SkipWhen(missing is not null, missing ?? "");
        return Name;
    }

    /// <summary>Runs the engine's CLI and gives what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> DockerAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output.Trim() + await error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    private static async Task<string?> PrepareAsync()
    {
        var (exitCode, output) = await DockerAsync("info", "--format", "{{.ServerVersion}}");
        if (exitCode != 0)
        {
            return $"no container engine answers: {output.Split('\n')[^1]}";
        }

        if ((await DockerAsync("image", "inspect", Name)).ExitCode == 0)
        {
            return null;
        }

        if (!File.Exists(Busybox))
        {
            return $"{Busybox} (package busybox-static) is missing";
        }

        var archive = Path.Combine(Directory.CreateTempSubdirectory("mlkit-image-").FullName, "image.tar");
        await WriteAsync(archive);
        (exitCode, output) = await DockerAsync("import", "--change", "ENV PATH=/bin", "--change", "CMD [\"sh\"]", archive, Name);
        Directory.Delete(Path.GetDirectoryName(archive)!, recursive: true);
        return exitCode == 0 ? null : $"the image could not be made: {output}";
    }

    private static async Task WriteAsync(string archive)
    {
        await using var tar = new TarWriter(File.Create(archive));
        await tar.WriteEntryAsync(Busybox, "bin/busybox");
        foreach (var command in new[] { "sh", "httpd", "wget", "cat", "echo", "sleep", "ls", "env", "mkdir", "touch" })
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" });
        }

        foreach (var folder in new[] { "tmp/", "www/" })
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, folder));
        }
    }
}
