using System.Diagnostics;

namespace MlKit.Scorer.Tests.Support;

/// <summary>A volume in memory that is full soon. The test is skipped where mounting is not allowed.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly string _folder;

    private SmallVolume(string folder) => _folder = folder;

    public static SmallVolume Mount(string folder, int kilobytes)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder),
            "a volume of a limited size cannot be mounted here; the injected fault is tested beside this");
        return new SmallVolume(folder);
    }

    public void Resize(int kilobytes) => Assert.True(Run("mount", "-o", $"remount,size={kilobytes}k", _folder));

    public void Dispose() => Run("umount", "-l", _folder);

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
